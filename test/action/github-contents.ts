import { type Asked, type GithubAnswer, notFound, refusal } from './github-answer.ts';

/** A file, or the list of a folder; a file of more than 1 MiB comes without its content, unless it is asked for raw. */
export function contents({ store, caught, query, accept }: Asked): GithubAnswer {
  const path = caught[1] ?? '';
  const files = store.trees.get(query.get('ref') ?? '');
  if (files === undefined) return refusal(404, `No commit found for the ref ${query.get('ref')}`);
  const file = files[path];
  if (file === undefined) return folder(path, files);
  if (accept.includes('raw')) return { status: 200, body: file };
  const isLarge = Buffer.byteLength(file) > 1_048_576;
  const content = isLarge
    ? ''
    : (
        Buffer.from(file)
          .toString('base64')
          .match(/.{1,60}/g) ?? []
      ).join('\n');
  return {
    status: 200,
    body: { ...entry(path, 'file', file), content, encoding: isLarge ? 'none' : 'base64' },
  };
}

function folder(path: string, files: Readonly<Record<string, string>>): GithubAnswer {
  const prefix = path === '' ? '' : `${path}/`;
  const below = Object.entries(files).filter(([name]) => name.startsWith(prefix));
  const names = new Set(below.map(([name]) => name.slice(prefix.length).split('/')[0] ?? ''));
  if (names.size === 0) return notFound;
  const entries = [...names].map((name) => {
    const text = files[`${prefix}${name}`];
    return entry(`${prefix}${name}`, text === undefined ? 'dir' : 'file', text ?? '');
  });
  return { status: 200, body: entries };
}

function entry(path: string, type: 'file' | 'dir', text: string) {
  return { type, path, name: path.split('/').at(-1), size: Buffer.byteLength(text), sha: '0'.repeat(40) };
}
