import type { LoggedRequest, SandboxState } from '../../src/sandbox/sandbox.ts';

/**
 * A request in a few words: `GET zones name=example.com`, `PUT zone example.com rules`,
 * `POST account Acme Inc assets`, `DELETE zone example.com assets/error_5xx`, `GET zone example.com assets page 2`.
 */
export function summary({ method, path, query }: LoggedRequest, state: SandboxState): string {
  const [, list = '', id, ...rest] = path.split('/');
  if (id === undefined) return `${method} ${list} ${lookup(query)}`;
  const scope = [...state.zones, ...state.accounts].find((one) => one.id === id);
  const below = rest.join('/');
  const what =
    below === 'rulesets/phases/http_custom_errors/entrypoint' ? 'rules' : below.replace('custom_pages/', '');
  const page = query.page === undefined || query.page === '1' ? '' : ` page ${query.page}`;
  const dryRun = query.dry_run === undefined ? '' : ` dry_run=${query.dry_run}`;
  return `${method} ${list.replace(/s$/, '')} ${scope?.name ?? id} ${what}${page}${dryRun}`;
}

function lookup({ name, page, ...others }: LoggedRequest['query']): string {
  const narrowed = Object.entries(others)
    .filter(([key]) => key.startsWith('account'))
    .map(([key, value]) => ` ${key}=${value}`);
  return `${name === undefined ? `page ${page}` : `name=${name}`}${narrowed.join('')}`;
}
