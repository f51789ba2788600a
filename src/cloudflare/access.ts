import type { Call } from './call.ts';

/** What a connection may do; `validate` is reading, and asking for a verdict without writing. */
export type Access = 'read' | 'validate' | 'write';

const entryPoint = /^\/(?:zones|accounts)\/[^/]+\/rulesets\/phases\/http_custom_errors\/entrypoint$/;

/** Stops a call that the access does not cover, before it is sent: that would be a bug, never the user's doing. */
export function guard(access: Access, call: Call): void {
  if (call.method === 'GET' || access === 'write') return;
  if (access === 'validate' && isDryRun(call)) return;
  throw new Error(`a connection with access "${access}" was asked to ${call.method} ${call.path}`);
}

function isDryRun({ method, path, query }: Call): boolean {
  return method === 'PUT' && entryPoint.test(path) && ['true', 'probe'].includes(query?.dry_run ?? '');
}
