import { type Asked, type GithubAnswer, nodeId, notForApps, notFound, refusal } from './github-answer.ts';
import { contents } from './github-contents.ts';
import {
  addComment,
  type Comment,
  type GithubRequest,
  type GithubStore,
  type Permission,
  type Pull,
} from './github-store.ts';

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  /** Any one of them will do; none are needed where the list is empty. */
  readonly needs: readonly Permission[];
  readonly answer: (asked: Asked) => GithubAnswer;
}

const repo = '/repos/([^/]+/[^/]+)';
const readsPulls = ['pull-requests: read', 'pull-requests: write'] as const;

const routes: readonly Route[] = [
  {
    method: 'GET',
    pattern: new RegExp(`^${repo}/issues/(\\d+)/comments$`),
    needs: readsPulls,
    answer: (asked) => paged(asked, commentsOf(asked).map(commentJson(asked.store))),
  },
  {
    method: 'POST',
    pattern: new RegExp(`^${repo}/issues/(\\d+)/comments$`),
    needs: ['pull-requests: write'],
    answer: createComment,
  },
  {
    method: 'GET',
    pattern: new RegExp(`^${repo}/issues/comments/(\\d+)$`),
    needs: readsPulls,
    answer: (asked) => withComment(asked, (comment) => commentJson(asked.store)(comment)),
  },
  {
    method: 'PATCH',
    pattern: new RegExp(`^${repo}/issues/comments/(\\d+)$`),
    needs: ['pull-requests: write'],
    answer: updateComment,
  },
  {
    method: 'GET',
    pattern: new RegExp(`^${repo}/commits/([0-9a-f]{40})/pulls$`),
    needs: readsPulls,
    answer: (asked) => paged(asked, pullsWith(asked).map(pullJson(asked.store))),
  },
  {
    method: 'GET',
    pattern: new RegExp(`^${repo}/pulls/(\\d+)$`),
    needs: readsPulls,
    answer: (asked) => {
      const pull = asked.store.pulls.find(({ number }) => number === Number(asked.caught[1]));
      return pull === undefined ? notFound : { status: 200, body: pullJson(asked.store)(pull) };
    },
  },
  {
    method: 'GET',
    pattern: new RegExp(`^${repo}/contents/?(.*)$`),
    needs: ['contents: read'],
    answer: contents,
  },
  {
    method: 'GET',
    pattern: /^\/user$/,
    needs: [],
    answer: ({ grant }) =>
      grant.isApp ? notForApps : { status: 200, body: { login: grant.login, id: 1, type: 'User' } },
  },
  { method: 'POST', pattern: /^\/graphql$/, needs: [], answer: graphql },
];

/** Answers as GitHub documents it: who asks, then where, then whether they may. */
export function route(request: GithubRequest, store: GithubStore): GithubAnswer {
  const grant = store.grants.get(request.token);
  if (grant === undefined) return refusal(401, 'Bad credentials');
  for (const { method, pattern, needs, answer } of routes) {
    const match = method === request.method ? pattern.exec(request.path) : null;
    if (match === null) continue;
    const caught = match.slice(1).map(decodeURIComponent);
    if (caught.length > 0 && caught[0] !== store.repository) return notFound;
    if (needs.length > 0 && !needs.some((one) => grant.may.has(one)))
      return {
        ...notForApps,
        headers: { 'x-accepted-github-permissions': needs[0]?.replace(': ', '=') ?? '' },
      };
    return answer({ ...request, store, grant, caught });
  }
  return notFound;
}

/** A page of a list, with the `Link` header that leads to its neighbours. */
function paged({ query, path, store }: Asked, all: readonly unknown[]): GithubAnswer {
  const size = Math.min(Number(query.get('per_page') ?? 30), 100);
  const page = Number(query.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const neighbours = { prev: page - 1, next: page + 1, last, first: 1 };
  const links = Object.entries(neighbours)
    .filter(
      ([rel, to]) => to >= 1 && to <= last && (rel === 'prev' || rel === 'first' ? page > 1 : page < last),
    )
    .map(([rel, to]) => {
      const search = new URLSearchParams([...query].filter(([name]) => name !== 'page'));
      search.set('page', String(to));
      return `<${store.url}/api/v3${path}?${search}>; rel="${rel}"`;
    });
  const body = all.slice((page - 1) * size, page * size);
  return { status: 200, body, ...(links.length > 0 ? { headers: { link: links.join(', ') } } : {}) };
}

function commentsOf({ store, caught }: Asked): readonly Comment[] {
  return store.comments.filter(({ pull }) => pull === Number(caught[1]));
}

function commentJson({ url, repository }: GithubStore) {
  return ({ id, pull, author, body }: Comment) => ({
    id,
    node_id: nodeId(id),
    url: `${url}/api/v3/repos/${repository}/issues/comments/${id}`,
    html_url: `${url}/${repository}/pull/${pull}#issuecomment-${id}`,
    body,
    user: { login: author, id: author.length, type: author.endsWith('[bot]') ? 'Bot' : 'User' },
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    author_association: 'NONE',
    performed_via_github_app: null,
  });
}

/** What is wrong with the text of a comment, in GitHub's words. */
function bodyRefusal(body: unknown): GithubAnswer | undefined {
  const { body: said } = Object(body);
  const faults =
    typeof said !== 'string' || said === ''
      ? [{ resource: 'IssueComment', code: 'missing_field', field: 'body' }]
      : said.length > 65_536
        ? [
            {
              resource: 'IssueComment',
              code: 'unprocessable',
              field: 'data',
              message: 'Body is too long (maximum is 65536 characters)',
            },
          ]
        : [];
  if (faults.length === 0) return undefined;
  return { status: 422, body: { message: 'Validation Failed', errors: faults } };
}

function createComment({ store, caught, grant, body }: Asked): GithubAnswer {
  const number = Number(caught[1]);
  if (!store.pulls.some((pull) => pull.number === number)) return notFound;
  const refused = bodyRefusal(body);
  if (refused !== undefined) return refused;
  const comment = addComment(store.comments, { pull: number, author: grant.login, body: Object(body).body });
  return { status: 201, body: commentJson(store)(comment) };
}

function withComment({ store, caught }: Asked, answer: (comment: Comment) => unknown): GithubAnswer {
  const comment = store.comments.find(({ id }) => id === Number(caught[1]));
  return comment === undefined ? notFound : { status: 200, body: answer(comment) };
}

/** A job's token may write over everybody's comments: that it can does not make them its own. */
function updateComment(asked: Asked): GithubAnswer {
  return (
    bodyRefusal(asked.body) ??
    withComment(asked, (comment) => {
      comment.body = Object(asked.body).body;
      comment.editor = asked.grant.login;
      comment.writes += 1;
      return commentJson(asked.store)(comment);
    })
  );
}

function pullsWith({ store, caught }: Asked): readonly Pull[] {
  const [, sha] = caught;
  return store.pulls.filter(({ head, mergeCommit }) => head.sha === sha || mergeCommit === sha);
}

function pullJson({ repository, url }: GithubStore) {
  return ({ number, head, base, mergeCommit }: Pull) => ({
    number,
    state: mergeCommit === undefined ? 'open' : 'closed',
    merged: mergeCommit !== undefined,
    merged_at: mergeCommit === undefined ? null : '2026-01-01T00:00:00Z',
    merge_commit_sha: mergeCommit ?? null,
    html_url: `${url}/${repository}/pull/${number}`,
    head: { ref: `change-${number}`, sha: head.sha, repo: { full_name: head.repository } },
    base: { ref: 'main', sha: base.sha, repo: { full_name: repository } },
  });
}

/** The two questions that are asked: who am I, and which of these nodes did I write. */
function graphql({ store, grant, body }: Asked): GithubAnswer {
  if (!grant.hasGraphql) {
    const errors = [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }];
    return { status: 200, body: { data: null, errors } };
  }
  const { query = '', variables } = Object(body);
  const ids: readonly unknown[] = Object(variables).ids ?? [];
  if (ids.length > 100) {
    const message = 'You may not provide more than 100 node ids; you provided ';
    return { status: 200, body: { data: null, errors: [{ message: `${message}${ids.length}.` }] } };
  }
  const nodes = ids.map((id) => {
    const comment = store.comments.find((one) => nodeId(one.id) === id);
    return comment === undefined ? null : { id, ...authorship(comment, grant.login) };
  });
  const data = {
    ...(String(query).includes('viewer {') || String(query).includes('viewer{')
      ? { viewer: { login: grant.login } }
      : {}),
    ...(String(query).includes('viewerDidAuthor') ? { nodes } : {}),
  };
  return { status: 200, body: { data } };
}

/** Who wrote a comment, as GraphQL says it: without the "[bot]" that REST puts behind the name of an App. */
function authorship({ author, editor }: Comment, viewer: string) {
  const actor = (login: string) => ({
    __typename: login.endsWith('[bot]') ? 'Bot' : 'User',
    login: login.replace(/\[bot\]$/, ''),
  });
  return {
    viewerDidAuthor: author === viewer,
    author: actor(author),
    editor: editor === undefined ? null : actor(editor),
    lastEditedAt: editor === undefined ? null : '2026-01-01T00:00:00Z',
  };
}
