import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { JsonObject } from '../../src/sandbox/sandbox.ts';
import { checkExchanges } from '../contract/contract.ts';
import { sandboxWorld, type World, type WorldOptions } from '../sandbox/world.ts';
import { mergeOf, type PullFacts, repositoryName, sha } from './events.ts';
import { type Github, jobToken, startGithub } from './github.ts';
import type { Comment } from './github-store.ts';
import { type Job, type Ran, runAction } from './runner.ts';

/** Cloudflare's token in these scenes, and what GitHub is told, which nobody may ever read. */
export const cloudflareToken = 'cloudflare-token-that-nobody-may-read';

type Files = Readonly<Record<string, string>>;

/** A repository on a GitHub, with a Cloudflare behind it, for the time of one test. */
export interface Scene {
  readonly github: Github;
  readonly cloudflare: World;
  readonly workspace: string;
  write(files: Files): void;
  read(path: string): string;
  /** A pull request that GitHub knows; `files` are those of its base. */
  pull(facts?: PullFacts, files?: Files): void;
  /** Merges a pull request and gives the commit. */
  merge(number?: number): string;
  /** Runs the Action with Cloudflare's token, and looks for secrets in everything that anybody can read. */
  run(job: Job): Promise<Ran>;
  /** The same without Cloudflare's token. */
  runWithoutToken(job: Job): Promise<Ran>;
  comments(pull?: number): readonly Comment[];
  /** The refs of the rules that a zone serves now, in order. */
  liveRefs(zone?: string): Promise<readonly string[]>;
  /** Methods and paths that GitHub was asked since the last call. */
  asked(): readonly string[];
}

/** Sets a scene with these files in the checkout; `undocumented` are exchanges that Cloudflare's document does not know. */
export async function scene(
  files: Files = {},
  { undocumented, ...options }: WorldOptions & { readonly undocumented?: RegExp } = {},
): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'cf-errors-action-'));
  const workspace = join(folder, 'work');
  mkdirSync(workspace);
  const github = await startGithub(repositoryName);
  const cloudflare = await sandboxWorld(options);
  let runs = 0;
  let heard = 0;

  onTestFinished(async () => {
    await github[Symbol.asyncDispose]();
    await cloudflare.close();
    rmSync(folder, { recursive: true, force: true });
    expect(cloudflare.sandbox.violations).toEqual([]);
    const faults = checkExchanges(cloudflare.sandbox.log);
    expect(faults.filter((fault) => undocumented?.test(fault) !== true)).toEqual([]);
  });

  const write = (texts: Files): void => {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), text);
    }
  };
  write(files);

  const runWithoutToken = async (job: Job): Promise<Ran> => {
    runs += 1;
    // A job begins with a fresh checkout: what an earlier one left beside the files is gone.
    rmSync(join(workspace, '.cf-errors'), { recursive: true, force: true });
    const temp = join(folder, `temp-${runs}`);
    mkdirSync(temp);
    const env = { CLOUDFLARE_BASE_URL: cloudflare.baseUrl, ...job.env };
    const place = { workspace, temp, githubUrl: github.url };
    const ran = await runAction({ runId: 1000 + runs, ...job, env }, place);
    expectNoSecrets(ran, github, [job.inputs?.['github-token'] ?? jobToken, cloudflareToken]);
    return ran;
  };

  return {
    github,
    cloudflare,
    workspace,
    write,
    read: (path) => readFileSync(join(workspace, path), 'utf8'),
    pull: ({ number = 7, head = 'head', base = 'base', from = repositoryName } = {}, tree = {}) => {
      github.trees.set(sha(base), tree);
      github.pulls.push({
        number,
        head: { sha: sha(head), repository: from },
        base: { sha: sha(base) },
        mergeCommit: undefined,
      });
    },
    merge: (number = 7) => {
      const pull = github.pulls.find((one) => one.number === number);
      if (pull === undefined) throw new Error(`no pull request ${number} in this scene`);
      pull.mergeCommit = mergeOf(pull.head.sha);
      return pull.mergeCommit;
    },
    run: (job) => runWithoutToken({ ...job, inputs: { 'api-token': cloudflareToken, ...job.inputs } }),
    runWithoutToken,
    comments: (pull = 7) => github.comments.filter((one) => one.pull === pull),
    liveRefs: async (zone) => {
      const path = `/zones/${cloudflare.zone(zone)}/rulesets/phases/http_custom_errors/entrypoint`;
      const { status, body } = await cloudflare.sandbox.dashboard('GET', path);
      const rules: readonly JsonObject[] = status === 404 ? [] : (Object(Object(body).result).rules ?? []);
      return rules.map(({ ref }) => String(ref));
    },
    asked: () => {
      const since = github.log.slice(heard);
      heard = github.log.length;
      return since.map(({ method, path }) => `${method} ${path.replace(`/repos/${repositoryName}`, '')}`);
    },
  };
}

/** Secrets stand in none of the places that people or later steps can read; the token of the job is masked. */
function expectNoSecrets(ran: Ran, github: Github, secrets: readonly string[]): void {
  const { log, summary, outputs, annotations, others, masks } = ran;
  const files = [outputs['plan-path'], outputs['markdown-path']].flatMap((path) =>
    path === undefined || path === '' ? [] : [readFileSync(path, 'utf8')],
  );
  const readable = JSON.stringify([log, summary, outputs, annotations, others, files, github.comments]);
  for (const secret of secrets) expect(readable).not.toContain(secret);
  expect(masks).toContain(secrets[0]);
}
