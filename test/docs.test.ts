import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const architecture = readFileSync('docs/architecture.md', 'utf8');

/** Links to files of this repository, without their anchors. */
function linksOf(text: string): readonly string[] {
  return [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
}

describe('docs/architecture.md', () => {
  const changes = architecture.slice(architecture.indexOf('## Where a change starts'));
  const rows = changes.split('\n').filter((line) => line.startsWith('| ') && line.includes('`'));

  it('lists twelve kinds of change', () => {
    expect(rows).toHaveLength(12);
  });

  it.each(rows)('names files that exist: %s', (row) => {
    const paths = [...row.matchAll(/`([^`]+\.(?:ts|json))`/g)].map((match) => match[1] ?? '');
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });
});

describe('links between documents', () => {
  const documents = [
    'README.md',
    'CONTRIBUTING.md',
    'docs/architecture.md',
    'docs/configuration.md',
    'docs/safety.md',
    'docs/reliability.md',
    'docs/github-action.md',
    'examples/README.md',
    'SECURITY.md',
  ];

  it.each(documents)('%s leaves nothing to be filled in', (path) => {
    expect(readFileSync(path, 'utf8').replaceAll(/\$\{\{.*?\}\}/g, '')).not.toContain('{{');
  });

  it.each(documents)('%s links to files that exist', (path) => {
    const folder = path.includes('/') ? `${path.slice(0, path.lastIndexOf('/'))}/` : '';
    const broken = linksOf(readFileSync(path, 'utf8')).filter((link) => !existsSync(`${folder}${link}`));
    expect(broken).toEqual([]);
  });
});
