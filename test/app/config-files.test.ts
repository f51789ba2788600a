import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfigSources, readPages } from '../../src/app/config-files.ts';
import { parseConfig } from '../../src/config/config.ts';

/** Removed after each test; the working directory lies in it, so that there is something outside. */
let root: string;
let cwd: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'config-files-')));
  cwd = join(root, 'work');
  mkdirSync(cwd);
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, content: string | Uint8Array = 'version: 1\n'): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), content);
}

async function read(paths: readonly string[], stdin = '') {
  const readStdin = async () => Buffer.from(stdin);
  const { value, problems } = await readConfigSources({ paths, cwd, readStdin });
  return {
    files: value?.map((source) => source.file),
    sources: value,
    codes: problems.map((one) => one.code),
  };
}

describe('readConfigSources', () => {
  it.each([['custom-errors.yaml'], ['custom-errors.yml']])('finds %s', async (name) => {
    write(name);
    expect((await read([])).sources).toEqual([{ file: name, text: 'version: 1\n', directory: cwd }]);
  });

  it('reads files, directories and standard input in the order given, each once', async () => {
    for (const path of [
      'b.yaml',
      'sub/z.yml',
      'sub/a.yaml',
      'sub/deep/no.yaml',
      'sub/.no.yaml',
      'sub/no.txt',
    ])
      write(path);
    symlinkSync(join(cwd, 'b.yaml'), join(cwd, 'sub/link.yaml'));
    const { files, sources } = await read(
      ['sub', '-', './b.yaml', 'sub/a.yaml', join(cwd, 'b.yaml'), '-'],
      'x: 1',
    );
    expect(files).toEqual(['sub/a.yaml', 'sub/z.yml', '<stdin>', './b.yaml']);
    expect(sources?.map((source) => source.directory)).toEqual([
      join(cwd, 'sub'),
      join(cwd, 'sub'),
      cwd,
      cwd,
    ]);
    expect(sources?.[2]?.text).toBe('x: 1');
  });

  it('follows a link that was named itself', async () => {
    write('sub/real.yaml');
    symlinkSync('sub/real.yaml', join(cwd, 'link.yaml'));
    expect(await read(['link.yaml'])).toMatchObject({ files: ['link.yaml'], codes: [] });
  });

  it('drops a byte order mark and nothing else', async () => {
    write('a.yaml', '\ufeffversion: 1\r\n\ufeff');
    expect((await read(['a.yaml'])).sources?.[0]?.text).toBe('version: 1\r\n\ufeff');
  });

  it('reports every file that cannot be read, and neither throws nor waits', async () => {
    write('big.yaml', 'x'.repeat(5_000_001));
    write('binary.yaml', Uint8Array.of(0x61, 0x0a, 0xff));
    write('zero.yaml', 'a\n\0');
    mkdirSync(join(cwd, 'empty'));
    symlinkSync('loop.yaml', join(cwd, 'loop.yaml'));
    execFileSync('mkfifo', [join(cwd, 'pipe.yaml')]);
    const paths = [
      'missing.yaml',
      'big.yaml/x',
      'loop.yaml',
      'pipe.yaml',
      '/dev/zero',
      'a\0b',
      'big.yaml',
      'binary.yaml',
      'zero.yaml',
      'empty',
    ];
    const { files, codes } = await read(paths);
    expect(files).toBeUndefined();
    expect(codes.toSorted()).toEqual([
      'config/empty-directory',
      'config/not-utf8',
      'config/not-utf8',
      'config/too-large',
      ...Array(6).fill('config/unreadable'),
    ]);
  });
});

describe('readPages', () => {
  async function pages(path: string, from = cwd) {
    const rule = `{ref: a, expression: x, content_file: ${JSON.stringify(path)}}`;
    const text = `version: 1\nzones: {a.com: {rules: [${rule}]}}`;
    const config = parseConfig([{ file: 'sub/a.yaml', text, directory: join(from, 'sub') }]).value;
    if (config === undefined) throw new Error(`not even a config: ${path}`);
    const { value, problems } = await readPages(config, from);
    for (const { span } of problems) expect(span).toMatchObject({ file: 'sub/a.yaml', line: 2, column: 63 });
    return problems.length > 0 ? problems.map((one) => one.code) : [...(value?.values() ?? [])];
  }

  beforeEach(() => {
    write('sub/page.html', '\ufeff<p>\r\n');
    write('top.txt', 'top');
  });

  it('reads what lies under the working directory, byte for byte but for a byte order mark', async () => {
    expect(await pages('page.html')).toEqual(['<p>\r\n']);
    expect(await pages('../top.txt')).toEqual(['top']);
    expect(await pages(join(cwd, 'top.txt'))).toEqual(['top']);
    symlinkSync('../top.txt', join(cwd, 'sub/link.html'));
    expect(await pages('link.html')).toEqual(['top']);
  });

  it('measures from the real working directory', async () => {
    const link = join(root, 'link');
    symlinkSync(cwd, link);
    expect(await pages('page.html', link)).toEqual(['<p>\r\n']);
  });

  it.each([
    ['a missing file', 'missing.html', 'config/page-not-found'],
    ['a zero byte in the path', 'a\0.html', 'config/page-not-found'],
    ['a link that leads nowhere', 'nowhere.html', 'config/page-not-found'],
    ['a link into /proc', 'proc.html', 'config/page-outside'],
    ['a link out of the working directory', 'outside.html', 'config/page-outside'],
    ['a path out of the working directory', '../../outside.html', 'config/page-outside'],
    ['a directory link out of the working directory', 'up/outside.html', 'config/page-outside'],
    ['a hidden file', '.page.html', 'config/page-hidden'],
    ['a hidden directory', '../.git/page.html', 'config/page-hidden'],
    ['a link into a hidden directory', 'git.html', 'config/page-hidden'],
    ['a link to a file that is no page', 'secret.html', 'config/page-extension'],
    ['a directory', 'directory.html', 'config/page-unreadable'],
    ['a pipe', 'pipe.html', 'config/page-unreadable'],
    ['text that is not UTF-8', 'latin1.html', 'config/not-utf8'],
    ['a zero byte', 'zero.html', 'config/not-utf8'],
    ['a huge file', 'huge.html', 'config/too-large'],
  ])('refuses %s', async (_, path, code) => {
    const outside = join(root, 'outside.html');
    writeFileSync(outside, 'outside');
    for (const hidden of ['sub/.page.html', '.git/page.html']) write(hidden, 'hidden');
    write('sub/key.pem', 'secret');
    write('sub/latin1.html', Uint8Array.of(0x66, 0xfc, 0x72));
    write('sub/zero.html', 'a\0b');
    write('sub/huge.html', 'x'.repeat(1_000_001));
    mkdirSync(join(cwd, 'sub/directory.html'));
    execFileSync('mkfifo', [join(cwd, 'sub/pipe.html')]);
    const links = {
      nowhere: 'gone.html',
      proc: '/proc/self/environ',
      outside,
      git: '../.git/page.html',
      secret: 'key.pem',
    };
    for (const [name, target] of Object.entries(links)) symlinkSync(target, join(cwd, `sub/${name}.html`));
    symlinkSync('../..', join(cwd, 'sub/up'));
    expect(await pages(path)).toEqual([code]);
  });
});
