import { constants, open } from 'node:fs/promises';
import { type ProblemCode, ProblemError, type Span } from '../problem/problem.ts';

/** How a file is to be read. */
export interface FileBounds {
  /** The path as the user knows it, for messages. */
  readonly file: string;
  readonly mostBytes: number;
  /** The problem that a file is which cannot be opened or is no regular file. */
  readonly code: ProblemCode;
  /** False: the last part of the path must not be a symbolic link. */
  readonly followLinks: boolean;
}

/**
 * The bytes of a regular file. Never waits for a pipe or a device, since it looks at what was opened and not at what
 * was there before. Throws `ProblemError`.
 */
export async function readFileBounded(path: string, bounds: FileBounds): Promise<Uint8Array> {
  const { file, code } = bounds;
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | (bounds.followLinks ? 0 : constants.O_NOFOLLOW);
  const refuse = (error: unknown): never => {
    const message = `${file} cannot be read: ${systemReason(error)}`;
    throw new ProblemError({ code, message, hint: lookThere });
  };
  const handle = await open(path, flags).catch(refuse);
  try {
    const found = await handle.stat();
    if (!found.isFile()) {
      throw new ProblemError({
        code,
        message: `${file} is no regular file`,
        hint: 'name a file that holds text',
      });
    }
    if (found.size > bounds.mostBytes) throw tooLarge(file, bounds.mostBytes);
    return await handle.readFile().catch(refuse);
  } finally {
    await handle.close();
  }
}

const lookThere = 'look at the path and at its permissions';

/** The problem that a file is which has more than so many bytes. */
export function tooLarge(file: string, mostBytes: number): ProblemError {
  const message = `${file} has more than ${mostBytes.toLocaleString('en')} bytes`;
  return new ProblemError({ code: 'config/too-large', message, hint: 'is this the right file?' });
}

/** Decodes strict UTF-8 and drops a byte order mark; throws `ProblemError` at the first line that is none. */
export function decodeText(bytes: Uint8Array, file: string): string {
  const zero = bytes.indexOf(0);
  if (zero >= 0) throw notText(`${file} holds a zero byte`, lineSpan(bytes, zero, file));
  const text = decoded(bytes);
  if (text === undefined) throw notText(`${file} is not UTF-8`, lineSpan(bytes, firstBadLine(bytes), file));
  return text;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function notText(message: string, span: Span): ProblemError {
  return new ProblemError({ code: 'config/not-utf8', message, span, hint: 'save the file as UTF-8' });
}

const lineFeed = 10;

/** The offset of the first line that is not UTF-8; no character but the line feed itself holds its byte. */
function firstBadLine(bytes: Uint8Array): number {
  let from = 0;
  for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, from)) {
    if (decoded(bytes.subarray(from, end)) === undefined) break;
    from = end + 1;
  }
  return from;
}

function lineSpan(bytes: Uint8Array, offset: number, file: string): Span {
  const line = bytes.subarray(0, offset).filter((byte) => byte === lineFeed).length + 1;
  return { file, line, column: 1, endLine: line, endColumn: 1 };
}

const reasons: Readonly<Record<string, string | undefined>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'it does not exist',
  EACCES: 'permission was denied',
  EPERM: 'permission was denied',
  EISDIR: 'it is a directory',
  EEXIST: 'a file is in the way',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no room is left',
  ELOOP: 'its symbolic links lead nowhere',
  EIO: 'the system could not read it',
  ENXIO: 'it is no regular file',
  ENAMETOOLONG: 'its name is too long',
  ERR_INVALID_ARG_VALUE: 'its name holds a zero byte',
};

/** Why the operating system refused, in a few words; any other error is thrown again. */
export function systemReason(error: unknown): string {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === undefined) throw error;
  return reasons[code] ?? code;
}
