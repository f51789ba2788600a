import { describe, expect, it } from 'vitest';
import { probePage } from '../../src/cloudflare/cloudflare.ts';
import { type Reply, withServer } from './scripted.ts';

const options = { userAgent: 'test/1' };
const to = (location: string): Reply => ({ status: 302, text: '', headers: { location } });

describe('the probe of a page', () => {
  it.each([
    {
      name: 'a page',
      reply: { text: '<p>ü</p>', headers: { 'content-type': 'Text/HTML; charset=utf-8' } },
      probe: { status: 200, contentType: 'text/html', byteLength: 9 },
    },
    {
      name: 'a 404',
      reply: { status: 404, text: '' },
      probe: { status: 404, contentType: 'text/html', byteLength: 0 },
    },
  ])('tells of $name', async ({ reply, probe }) => {
    await withServer([reply], async ({ baseUrl, heard }) => {
      expect(await probePage(`${baseUrl}/p?q=1#f`, options)).toEqual({ kind: 'answer', ...probe });
      expect(heard).toMatchObject([{ method: 'GET', path: '/p', headers: { 'user-agent': 'test/1' } }]);
      expect(heard[0]?.query.get('q')).toBe('1');
      expect(heard[0]?.headers).not.toHaveProperty('authorization');
    });
  });

  it('stops reading what is too large for Cloudflare', async () => {
    await withServer([{ text: 'x'.repeat(5_000_000) }], async ({ baseUrl }) => {
      const probe = await probePage(baseUrl, options);
      if (probe.kind !== 'answer') throw new Error(probe.reason);
      expect(probe.byteLength).toBeGreaterThan(2_000_000);
      expect(probe.byteLength).toBeLessThan(3_000_000);
    });
  });

  it('follows five redirects and no more', async () => {
    await withServer(
      [1, 2, 3, 4, 5].map((n) => to(`/r${n}`)).concat({ text: 'there' }),
      async ({ baseUrl }) => {
        expect(await probePage(baseUrl, options)).toMatchObject({ status: 200, byteLength: 5 });
      },
    );
    await withServer(
      (_, index) => to(`/r${index}`),
      async ({ baseUrl, heard }) => {
        const probe = await probePage(baseUrl, options);
        expect(probe).toMatchObject({ kind: 'answer', status: 302 });
        expect(heard.length).toBe(6);
      },
    );
  });

  it.each([
    { reply: 'drop', reason: 'broke off' },
    { reply: 'cut', reason: 'broke off' },
    { reply: 'hang', reason: 'no complete answer within 0.06 s' },
    { reply: to('ftp://example.com/'), reason: 'no web page' },
    { reply: to('/client/v4'), reason: 'in a circle' },
  ] as const)('gives the reason where there is no page: $reason', async ({ reply, reason }) => {
    await withServer([reply], async ({ baseUrl }) => {
      const probe = await probePage(baseUrl, { ...options, timeoutMs: reply === 'hang' ? 60 : 10_000 });
      expect(probe).toEqual({ kind: 'unreachable', reason: expect.stringMatching(reason) });
    });
  });

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'nonsense'])('does not ask for %s', async (url) => {
    expect(await probePage(url, options)).toMatchObject({ kind: 'unreachable' });
  });
});
