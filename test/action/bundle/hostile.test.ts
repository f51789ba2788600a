import { describe, expect, it } from 'vitest';
import { hostileTexts } from '../../hostile/texts.ts';
import { opened } from '../events.ts';
import { type Scene, scene } from '../scene.ts';

const texts = Object.entries({
  ...hostileTexts,
  'pings and commands': '@everyone\n::error::EVIL\n</details>\n```\n::add-mask::EVIL',
});

/** Rules that hold a text wherever the file takes one. */
function configured(text: string): string {
  const well = text.toWellFormed();
  const quoted = `"${well.slice(0, 500).replaceAll(/["\\]/g, '\\$&')}"`;
  const rule = {
    ref: `r ${well.slice(0, 100)}`,
    description: well,
    expression: `http.host eq ${quoted}`,
    content_type: 'text/html',
    content: `<p>${well}</p>\n${well}`,
  };
  return JSON.stringify({ version: 1, zones: { 'example.com': { rules: [rule] } } });
}

/** What is code or in a fence is no markup: what is left of Markdown may hold nothing of a stranger's. */
function markup(text: string): string {
  return text
    .replaceAll(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '')
    .replaceAll(/<code>[^<]*<\/code>/g, '')
    .replaceAll(/`[^`\n]*`/g, '')
    .replaceAll(/<!--[^>]*-->/g, '');
}

/** Somebody with a dashboard left a rule that holds the text, and the file knows nothing of it. */
async function leaveInDashboard({ cloudflare }: Scene, text: string): Promise<void> {
  const content = `<p>${text.toWellFormed()}</p>`;
  const rule = {
    description: text,
    action: 'serve_error',
    action_parameters: { content, content_type: 'text/html' },
    expression: 'ssl',
    enabled: true,
  };
  const path = `/zones/${cloudflare.zone()}/rulesets/phases/http_custom_errors/entrypoint`;
  await cloudflare.call('PUT', path, { description: text, rules: [rule] });
}

describe.each(texts)('%s', (_, text) => {
  it.each(['plan', 'apply'])('acts nowhere on a runner or in a comment: %s', async (command) => {
    const given = await scene({ 'custom-errors.yaml': configured(text) }, { undocumented: /./ });
    await leaveInDashboard(given, text);
    given.pull();
    const { others, log, summary, annotations } = await given.run({
      event: opened(),
      inputs: { command, allow: 'plan/take-over' },
    });
    expect(others.filter(({ name }) => !['group', 'endgroup', 'debug'].includes(name))).toEqual([]);
    expect(annotations.filter(({ message }) => /^EVIL/.test(message))).toEqual([]);
    expect(log).not.toMatch(/##\[|##vso\[/);
    for (const page of [summary, ...given.comments().map(({ body }) => body)]) {
      const ours = markup(page);
      expect(ours).not.toMatch(/EVIL|@(?:octocat|everyone)|<script|<img|#12/);
      expect(ours.match(/<details/g)?.length ?? 0).toBe(ours.match(/<\/details>/g)?.length ?? 0);
    }
  });
});
