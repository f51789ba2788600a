import fc from 'fast-check';
import { type Asset, contentTypes, type Rule, type Serve } from '../../src/model/body.ts';

/** Expressions in several shapes, some of them faulty in their characters. */
const expression: fc.Arbitrary<string> = fc.oneof(
  fc.integer({ min: 400, max: 999 }).map((code) => `http.response.code eq ${code}`),
  fc.constantFrom(
    'http.response.code in {500..599} and not ssl',
    'any(http.request.headers["accept"][*] contains "json")\nor http.host eq "a  b"',
    'http.request.uri.path strict wildcard r"/api/*"',
    'http.host eq "unclosed',
    'http.host\teq "tab"',
  ),
);

const text = fc.string({
  maxLength: 20,
  unit: fc.constantFrom('a', 'b', ' ', '\n', '\r', '"', '\\', 'é', '😀', '<'),
});

const serve: fc.Arbitrary<Serve> = fc
  .record(
    {
      source: fc.oneof(
        fc.constantFrom('page_a', 'page_b').map((assetName) => ({ kind: 'asset' as const, assetName })),
        text.map((content) => ({ kind: 'content' as const, content: `x${content}` })),
      ),
      contentType: fc.constantFrom(...contentTypes),
      statusCode: fc.integer({ min: 400, max: 999 }),
    },
    { requiredKeys: ['source', 'contentType'] },
  )
  .map((one) => one);

/** A rule that a file can hold; names and texts come from small sets, so that equal ones occur. */
export const rule: fc.Arbitrary<Rule> = fc.record(
  {
    ref: fc.string({ minLength: 1, maxLength: 2, unit: fc.constantFrom('a', 'b', 'c', 'd', 'e') }),
    expression,
    description: text,
    enabled: fc.boolean(),
    serve,
  },
  { requiredKeys: ['ref', 'expression', 'serve'] },
);

/** An ordered list of rules, each with a ref of its own. */
export function rules(maxLength = 8): fc.Arbitrary<Rule[]> {
  return fc.uniqueArray(rule, { maxLength, selector: ({ ref }) => ref });
}

const asset: fc.Arbitrary<Asset> = fc.record({
  name: fc.constantFrom('page_a', 'page_b', 'page_c', 'page_d'),
  url: fc.webUrl(),
  description: text,
});

/** Assets, each with a name of its own. */
export const assets: fc.Arbitrary<Asset[]> = fc.uniqueArray(asset, {
  maxLength: 4,
  selector: ({ name }) => name,
});

/** Unknown parameters as a newer API might send them. */
export const extra: fc.Arbitrary<Record<string, string | number>> = fc.dictionary(
  fc.constantFrom('cache_ttl', 'headers', '__proto__'),
  fc.oneof(fc.string(), fc.integer()),
);
