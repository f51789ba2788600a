import { describe, expect, it } from 'vitest';
import { withWorld } from './client.ts';
import type { PageText } from './world.ts';

const url = 'https://static.example.com/errors/5xx.html';

describe.each(['zones', 'accounts'] as const)('assets of %s', (scopes) => {
  it('are created, read, replaced, listed and deleted', () =>
    withWorld({ pages: { [url]: '<p>one</p>' } }, async ({ send, zone, account, pages }) => {
      const path = `/${scopes}/${scopes === 'zones' ? zone() : account()}/custom_pages/assets`;
      const created = await send('POST', path, { name: 'error_5xx', description: 'Page', url });
      expect(created).toMatchObject({ status: 200, result: { name: 'error_5xx', url, size_bytes: 10 } });
      expect((await send('GET', `${path}/error_5xx`)).result).toEqual(created.result);

      pages.set(url, '<p>one and a half</p>');
      const refreshed = await send('PUT', `${path}/error_5xx`, { description: 'Page', url });
      expect(refreshed.result).toMatchObject({ name: 'error_5xx', url, size_bytes: 21 });
      expect(Date.parse(refreshed.result.last_updated)).toBeGreaterThan(
        Date.parse(created.result.last_updated),
      );

      expect((await send('GET', path)).result).toEqual([refreshed.result]);
      expect(await send('DELETE', `${path}/error_5xx`)).toMatchObject({ status: 204, body: {} });
      expect(await send('GET', `${path}/error_5xx`)).toMatchObject({ status: 404, result: null });
      expect(await send('DELETE', `${path}/error_5xx`)).toMatchObject({ status: 404 });
      expect(await send('PUT', `${path}/error_5xx`, { description: '', url })).toMatchObject({ status: 404 });
    }));
});

describe('an asset write', () => {
  const good = { name: 'a', description: '', url };
  it.each([
    ['no url', { name: 'a', description: '' }, ['/url']],
    ['nothing', {}, ['/name', '/description', '/url']],
    ['a hyphen', { ...good, name: 'a-b' }, ['/name']],
    ['a long name', { ...good, name: 'a'.repeat(201) }, ['/name']],
    ['a relative url', { ...good, url: '/a.html' }, ['/url']],
    ['another protocol', { ...good, url: 'ftp://a.example/' }, ['/url']],
    ['a number', { ...good, description: 7 }, ['/description']],
  ])('is refused for %s', (_, body, pointers) =>
    withWorld({}, async ({ send, zonePath, sandbox }) => {
      const reply = await send('POST', `${zonePath}/custom_pages/assets`, body);
      expect(reply.status).toBe(400);
      expect(reply.errors.map((error) => error.source?.pointer)).toEqual(pointers);
      expect(sandbox.state().scopes).toEqual({});
    }),
  );

  it('is refused for a key that the API does not know, and for a name that is taken', () =>
    withWorld({}, async ({ send, zonePath }) => {
      const path = `${zonePath}/custom_pages/assets`;
      expect((await send('POST', path, { ...good, id: 'x' })).errors[0]?.message).toBe(
        'invalid JSON: unknown field "id"',
      );
      expect((await send('POST', path, good)).status).toBe(200);
      expect((await send('POST', path, good)).status).toBe(400);
      expect((await send('PUT', `${path}/a`, good)).errors[0]?.message).toBe(
        'invalid JSON: unknown field "name"',
      );
    }));

  it('ends at the quota of the plan', () =>
    withWorld({ zones: [{ name: 'example.com', plan: 'free' }] }, async ({ send, zonePath }) => {
      const reply = await send('POST', `${zonePath}/custom_pages/assets`, good);
      expect(reply).toMatchObject({
        status: 400,
        errors: [{ message: expect.stringContaining('1 out of 0') }],
      });
    }));
});

describe('the fetch of a page', () => {
  const html = (head: string) => `<html><head>${head}</head><body>x</body></html>`;
  const style: Record<string, PageText> = {
    'https://static.example.com/errors/a.css': { contentType: 'text/css', body: 'p{}' },
  };
  const lost = 'https://static.example.com/errors/b.css returned 404';
  const b = { 'https://static.example.com/errors/b.css': { status: 404, body: 'no' } };
  it.each<[string, Record<string, PageText>, string | 'stored']>([
    ['a page', { [url]: 'hello' }, 'stored'],
    ['JSON', { [url]: { contentType: 'application/json', body: '{"a":"<img src=x>"}' } }, 'stored'],
    ['a page that answers 404', { [url]: { status: 404, body: 'gone' } }, 'stored'],
    ['a page that answers 503', { [url]: { status: 503, body: 'down' } }, 'stored'],
    ['a page with a style sheet', { [url]: html('<link rel=stylesheet href="a.css">'), ...style }, 'stored'],
    ['a page with an inline image', { [url]: html('<img src="data:image/png;base64,AAAA">') }, 'stored'],
    ['a canonical link', { [url]: html('<link href="https://no.example/" rel="canonical">') }, 'stored'],
    ['a style sheet in a comment', { [url]: html('<!-- <link rel=stylesheet href=b.css> -->') }, 'stored'],
    ['no page', {}, `${url} could not be reached`],
    ['an empty page', { [url]: '  \n' }, `${url} returned an empty page`],
    ['a redirect', { [url]: { status: 302, body: 'there' } }, `${url} returned 302`],
    ['a page that is too long', { [url]: 'ä'.repeat(1_500_001) }, 'is larger than 1500000 characters'],
    ['a lost style sheet', { [url]: html("<LINK HREF='b.css' rel=stylesheet>"), ...b }, lost],
    ['a lost script', { [url]: html('<script async src=b.css></script>'), ...b }, lost],
    ['a lost image', { [url]: html('<img alt="" src = "./b.css">'), ...b }, lost],
    [
      'an image nobody serves',
      { [url]: html('<img src="//cdn.example/i.png">') },
      'https://cdn.example/i.png could not',
    ],
  ])('%s', (_, pages, expected) =>
    withWorld({ pages }, async ({ send, zonePath }) => {
      const reply = await send('POST', `${zonePath}/custom_pages/assets`, {
        name: 'a',
        description: '',
        url,
      });
      const sizes = Object.values(pages).map((page) =>
        Buffer.byteLength(typeof page === 'string' ? page : page.body),
      );
      const stored = { status: 200, result: { size_bytes: sizes.reduce((sum, size) => sum + size, 0) } };
      const refused = { status: 400, errors: [{ code: 1202, message: expect.stringContaining(expected) }] };
      expect(reply).toMatchObject(expected === 'stored' ? stored : refused);
    }),
  );

  it('keeps what was there when a refresh fails', () =>
    withWorld({ pages: { [url]: 'old' } }, async ({ send, zonePath, pages }) => {
      const path = `${zonePath}/custom_pages/assets`;
      const { result } = await send('POST', path, { name: 'a', description: '', url });
      pages.delete(url);
      expect((await send('PUT', `${path}/a`, { description: 'new', url })).status).toBe(400);
      expect((await send('GET', `${path}/a`)).result).toEqual(result);
    }));
});

describe('the list of assets', () => {
  it('comes in pages of up to 200', () =>
    withWorld({}, async ({ send, call, zonePath }) => {
      const path = `${zonePath}/custom_pages/assets`;
      for (let n = 0; n < 201; n += 1) await call('POST', path, { name: `a${n}`, description: '', url });
      const first = await send('GET', `${path}?per_page=200`);
      expect(first.result).toHaveLength(200);
      expect(first.body.result_info).toMatchObject({ total_count: 201, total_pages: 2 });
      expect((await send('GET', `${path}?per_page=200&page=2`)).result).toMatchObject([{ name: 'a200' }]);
      expect((await send('GET', path)).result).toHaveLength(20);
      expect((await send('GET', `${path}?per_page=201`)).status).toBe(400);
    }));
});
