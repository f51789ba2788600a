import { type Scope, scopeLabel } from '../model/scope.ts';
import { type Call, segment } from './call.ts';

type Content = 'rules' | 'assets';

type Rest = Pick<Call, 'method' | 'query' | 'body' | 'locate'> & {
  /** What the call does, the scope left out: `reading the rules`. */
  readonly doing: string;
  /** After the collection, beginning with a slash. */
  readonly below?: string;
};

const collections: Readonly<Record<Content, string>> = {
  rules: '/rulesets/phases/http_custom_errors/entrypoint',
  assets: '/custom_pages/assets',
};

/** A call about the rules or the assets of a scope. */
export function scopeCall(scope: Scope, content: Content, { doing, below = '', ...rest }: Rest): Call {
  const label = scopeLabel(scope);
  return {
    ...rest,
    purpose: `${doing} of ${label}`,
    subject: `${scope.kind} ${content}`,
    scope: label,
    path: `/${scope.kind}s/${segment(scope.id)}${collections[content]}${below}`,
  };
}
