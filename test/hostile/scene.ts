import { expect } from 'vitest';
import { dashboardRule, entrypoint, showing } from '../e2e/dashboard.ts';
import { type Journey, setOut } from '../e2e/journey.ts';

/** A string of the Rules language. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** Rules that hold the text wherever the API takes any: one that is edited later, one that goes, one with an asset. */
function liveRules(text: string) {
  const told = {
    description: text,
    expression: `http.host eq ${quoted(text.slice(0, 2_000).toWellFormed())}`,
  };
  const content = `<p>${text}</p>\n${text}`;
  return ['edited', 'gone', 'shown'].map((ref) => {
    const parameters =
      ref === 'shown' ? showing('page') : { action_parameters: { content, content_type: 'text/html' } };
    return dashboardRule(`${ref} ${text}`.slice(0, 150).toWellFormed(), { ...told, ...parameters });
  });
}

/** A zone and an account that somebody filled with the text, and a file that wants something else. */
export async function setOutAmong(text: string): Promise<Journey> {
  const account = `Acme ${text.slice(0, 100)} Inc`.toWellFormed();
  const journey = await setOut({ accounts: [account], undocumented: /./ });
  for (const path of [journey.path(), journey.path('account')]) {
    const asset = { name: 'page', url: 'https://static.example.com/a', description: text };
    await journey.cloudflare.call('POST', `${path}/custom_pages/assets`, asset);
    await journey.cloudflare.call('PUT', entrypoint(path), { description: text, rules: liveRules(text) });
  }
  const [edited] = liveRules(text);
  const wanted = { ref: edited?.ref, expression: 'ssl', content: 'new', content_type: 'text/plain' };
  const scope = { assets: [], rules: [wanted] };
  const config = { version: 1, zones: { 'example.com': scope }, accounts: { [account]: scope } };
  journey.write(JSON.stringify(config));
  return journey;
}

/** YAML keeps what is merely invisible, since it has to be the live text again; nothing in it may act. */
export function expectHarmlessYaml(text: string): void {
  expect(text.replaceAll(/[\n\t]/g, ' ')).not.toMatch(
    /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff]|##\[|##vso\[/u,
  );
  expect(text).not.toMatch(/^\s*::/m);
}
