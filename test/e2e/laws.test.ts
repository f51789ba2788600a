import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeConfig } from '../../src/config/config.ts';
import type { Rule } from '../../src/model/body.ts';
import type { JsonObject } from '../../src/sandbox/sandbox.ts';
import { entrypoint, withoutRef } from './dashboard.ts';
import { type Journey, setOut } from './journey.ts';
import { changesOf, expectEmpty } from './results.ts';
import { respaced, shuffled, state } from './states.ts';

type State = typeof state extends fc.Arbitrary<infer T> ? T : never;

/** Every hazard is meant here. */
const allow = ['plan/take-over', 'plan/mass-delete', 'plan/empty'];

function fileOf(scopes: State): string {
  return writeConfig({ schema: './custom-errors.schema.json', scopes }).text;
}

describe('for every state that a file can hold', () => {
  it('apply makes it live, from nothing and from any other state, and then a plan is empty', () =>
    fc.assert(
      fc.asyncProperty(state, state, async (first, second) => {
        await using journey = await setOut();
        journey.write(fileOf(first));
        await journey.apply();
        expectEmpty(await journey.plan());
        for (const scope of first) expect(await heldBy(journey, scope.name)).toEqual(asHeld(scope));
        journey.write(fileOf(second));
        await journey.apply({ allow });
        expectEmpty(await journey.plan());
        for (const scope of second) {
          expect(loosely(await heldBy(journey, scope.name))).toEqual(loosely(asHeld(scope)));
        }
      }),
      { numRuns: 40 },
    ));

  it('import gives a file of which a plan is empty, and --new-refs one that renames and does nothing else', () =>
    fc.assert(
      fc.asyncProperty(state, fc.boolean(), async (live, newRefs) => {
        await using journey = await setOut();
        for (const scope of live) await makeLive(journey, scope, newRefs);
        const names = { zones: ['example.com'], accounts: ['Acme Inc'] };
        const imported = await journey.import({ ...names, newRefs, out: 'custom-errors.yaml' });
        expect(imported.isProven, imported.text).toBe(true);
        const changes = changesOf(await journey.plan());
        expect(changes).toHaveLength(newRefs ? live.flatMap(({ rules }) => rules).length : 0);
        expect(changes.filter((change) => !/ rename /.test(change))).toEqual([]);
        await journey.apply();
        expectEmpty(await journey.plan());
      }),
      { numRuns: 40 },
    ));

  it('the order of keys, blanks between tokens and newlines at the end are no change', () =>
    fc.assert(
      fc.asyncProperty(
        state.chain((wanted) => fc.tuple(fc.constant(wanted), otherwise(wanted))),
        async ([wanted, otherFile]) => {
          await using journey = await setOut();
          journey.write(fileOf(wanted));
          await journey.apply();
          journey.write(otherFile);
          expectEmpty(await journey.plan());
        },
      ),
      { numRuns: 40 },
    ));
});

/** The same file said differently: JSON is YAML, and keeps every text. */
function otherwise(wanted: State): fc.Arbitrary<string> {
  const document = parse(fileOf(wanted)) as { zones: object; accounts: object };
  return shuffled(document).chain((value) => {
    const texts = wanted.flatMap(({ rules }) => rules.map(({ rule }) => rule.expression));
    return fc.tuple(...texts.map(respaced)).map((others) => {
      const pending = new Map(texts.map((text, index) => [text, others[index]]));
      return JSON.stringify(value, (key, one) => {
        if (key === 'expression') return pending.get(one) ?? one;
        // After a return that stands alone a line feed would be no newline of its own.
        return key === 'content' ? `${one}\r\n` : one;
      });
    });
  });
}

/** Somebody at the dashboard makes it so; rules that are not named there get their ids as refs. */
async function makeLive(
  { cloudflare, path }: Journey,
  { name, assets, rules }: State[number],
  unnamed: boolean,
): Promise<void> {
  const scope = path(name.kind);
  for (const asset of assets) await cloudflare.call('POST', `${scope}/custom_pages/assets`, { ...asset });
  const bodies = rules.map(({ rule }) => (unnamed ? withoutRef(ruleAsHeld(rule)) : ruleAsHeld(rule)));
  if (bodies.length > 0) await cloudflare.call('PUT', entrypoint(scope), { rules: bodies });
}

/** What the API shows of a scope, without what it computes. */
async function heldBy(journey: Journey, { kind }: State[number]['name']) {
  const scope = journey.path(kind).split('/').at(-1) ?? '';
  const assets = journey.cloudflare.sandbox.state().scopes[scope]?.assets ?? [];
  const rules = await journey.rules(kind);
  return {
    assets: byName(assets.map(({ name, url, description }) => ({ name, url, description }))),
    rules: rules.map(({ id, version, last_updated, ...rule }) => rule),
  };
}

/** A state of the file as the API shows it. */
function asHeld({ assets, rules }: State[number]) {
  return { assets: byName(assets), rules: rules.map(({ rule }) => ruleAsHeld(rule)) };
}

function ruleAsHeld({ ref, expression, description, enabled = true, serve }: Rule): JsonObject {
  const { source, contentType = 'text/html', statusCode } = serve;
  return {
    ref,
    action: 'serve_error',
    action_parameters: {
      ...(source.kind === 'asset' ? { asset_name: source.assetName } : {}),
      ...(source.kind === 'content' ? { content: source.content } : {}),
      content_type: contentType,
      ...(statusCode === undefined ? {} : { status_code: statusCode }),
    },
    expression,
    enabled,
    ...(description === undefined ? {} : { description }),
  };
}

/** Without what is no difference: where only that differs, what is live stays as it was. */
function loosely(held: unknown): unknown {
  const loose: Readonly<Record<string, (text: string) => string>> = {
    expression: (text) => text.trim().replaceAll(/\s+/g, ' '),
    content: (text) => text.replace(/(\r?\n)+$/, ''),
  };
  return JSON.parse(JSON.stringify(held, (key, value) => loose[key]?.(value) ?? value));
}

function byName<T extends { readonly name: string }>(assets: readonly T[]): readonly T[] {
  return [...assets].sort((one, other) => (one.name < other.name ? -1 : 1));
}
