/** A workflow command, as the runner reads it from a line of what a step prints. */
export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** What a runner makes of the lines of a step. */
export interface Heard {
  readonly commands: readonly Command[];
  /** What is left to be read in the log. */
  readonly log: string;
}

/** The commands that a runner knows; other lines that look like one are only lines. */
const known = new Set([
  'set-env',
  'add-path',
  'set-output',
  'save-state',
  'add-mask',
  'add-matcher',
  'remove-matcher',
  'debug',
  'warning',
  'error',
  'notice',
  'group',
  'endgroup',
  'echo',
  'internal-set-repo-path',
  'stop-commands',
]);

/**
 * Reads output as actions/runner does: `::name key=value::message` at the beginning of a line (after blanks), the old
 * `##[name key=value]message` anywhere in it, and nothing between `stop-commands` and its token.
 */
export function hear(output: string): Heard {
  const commands: Command[] = [];
  const log: string[] = [];
  let resume: string | undefined;
  for (const line of output.split(/\r\n|\n|\r/)) {
    const command = commandOf(line, resume);
    if (command === undefined) log.push(line);
    else if (command.name === resume) resume = undefined;
    else if (resume !== undefined) log.push(line);
    else if (command.name === 'stop-commands') resume = command.message;
    else commands.push(command);
  }
  return { commands, log: log.join('\n') };
}

function commandOf(line: string, resume: string | undefined): Command | undefined {
  const [, name = '', properties = '', message = ''] =
    /^\s*::([^\s:]+)(?: (.*?))?::(.*)$/.exec(line) ?? /##\[([^\s\]]+)(?: ([^\]]*))?\](.*)$/.exec(line) ?? [];
  if (!known.has(name.toLowerCase()) && name !== resume) return undefined;
  const pairs = properties
    .split(/[,;]/)
    .filter((pair) => pair.includes('='))
    .map((pair) => [pair.slice(0, pair.indexOf('=')).trim(), unescaped(pair.slice(pair.indexOf('=') + 1))]);
  return { name, properties: Object.fromEntries(pairs), message: unescaped(message) };
}

const escapes: Readonly<Record<string, string>> = {
  '%25': '%',
  '%0D': '\r',
  '%0A': '\n',
  '%3A': ':',
  '%2C': ',',
};

function unescaped(text: string): string {
  return text.replaceAll(/%(?:25|0D|0A|3A|2C)/g, (code) => escapes[code] ?? code);
}

/** Reads a file of `name=value` and `name<<DELIMITER` entries as the runner does, and throws where it would. */
export function fileEntries(text: string): Readonly<Record<string, string>> {
  const entries: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, key = '', sign = '', rest = ''] = /^([^=]*?)(=|<<)(.*)$/.exec(line) ?? [];
    if (line === '') continue;
    if (key === '') throw new Error(`the runner cannot read "${line}"`);
    if (sign === '=') {
      entries[key] = rest;
      continue;
    }
    const end = lines.indexOf(rest, at + 1);
    if (end < 0) throw new Error(`the runner waits for ${rest} in vain`);
    entries[key] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return entries;
}
