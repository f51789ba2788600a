import { describe, expect, it } from 'vitest';
import { jobGrant, jobToken, startGithub } from './github.ts';
import { fileEntries, hear } from './runner-commands.ts';

describe('the GitHub of these tests', () => {
  async function withGithub(): Promise<{
    readonly github: Awaited<ReturnType<typeof startGithub>>;
    readonly send: (method: string, path: string, body?: unknown) => Promise<Response>;
  }> {
    const github = await startGithub();
    github.pulls.push({
      number: 7,
      head: { sha: 'a'.repeat(40), repository: 'acme/edge' },
      base: { sha: 'b'.repeat(40) },
      mergeCommit: undefined,
    });
    const headers = { authorization: `token ${jobToken}` };
    const send = (method: string, path: string, body?: unknown): Promise<Response> =>
      fetch(`${github.url}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    return { github, send };
  }

  it('pages through lists by its links', async () => {
    const { github, send } = await withGithub();
    await using _ = github;
    for (let at = 0; at < 35; at += 1) github.say(7, 'mona', `comment ${at}`);
    const first = await send('GET', '/api/v3/repos/acme/edge/issues/7/comments');
    expect(await first.json()).toHaveLength(30);
    const [, next = ''] = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? [];
    const second = await send('GET', next.slice(github.url.length));
    expect(await second.json()).toHaveLength(5);
    expect(second.headers.get('link')).not.toContain('rel="next"');
  });

  it('refuses as GitHub does', async () => {
    const { github, send } = await withGithub();
    await using _ = github;
    const comments = '/repos/acme/edge/issues/7/comments';
    const said = async (answer: Response): Promise<unknown> => [answer.status, await answer.text()];
    const tooLong = await said(await send('POST', comments, { body: 'x'.repeat(65_537) }));
    expect(tooLong).toEqual([422, expect.stringContaining('maximum is 65536 characters')]);
    expect((await send('POST', comments, { body: 'x'.repeat(65_536) })).status).toBe(201);
    expect((await send('GET', '/repos/acme/other/pulls/7')).status).toBe(404);
    expect((await send('GET', '/user')).status).toBe(403);
    github.grants.set(jobToken, jobGrant('contents: read'));
    const notAllowed = await said(await send('POST', comments, { body: 'x' }));
    expect(notAllowed).toEqual([403, expect.stringContaining('Resource not accessible by integration')]);
    github.grants.clear();
    expect((await send('GET', comments)).status).toBe(401);
  });
});

describe('the runner of these tests', () => {
  it('hears commands where a runner hears them, and nowhere else', () => {
    const output = [
      'a line',
      '  ::error file=a%2Cb.yaml,line=3::two%0Alines',
      'text ::error::no',
      'an old ##[warning]one',
      '::unknown::word',
      '::stop-commands::abc',
      '::notice::unheard',
      '::abc::',
      '::notice::heard',
    ].join('\n');
    const { commands, log } = hear(output);
    expect(commands).toEqual([
      { name: 'error', properties: { file: 'a,b.yaml', line: '3' }, message: 'two\nlines' },
      { name: 'warning', properties: {}, message: 'one' },
      { name: 'notice', properties: {}, message: 'heard' },
    ]);
    expect(log.split('\n')).toEqual(['a line', 'text ::error::no', '::unknown::word', '::notice::unheard']);
  });

  it('reads outputs of one line and of many', () => {
    expect(fileEntries('a=b=c\nd<<END\ne\nf=g\nEND\n')).toEqual({ a: 'b=c', d: 'e\nf=g' });
    expect(() => fileEntries('a<<END\nb\n')).toThrow(/in vain/);
  });
});
