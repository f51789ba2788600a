import { describe, expect, it } from 'vitest';
import { type Event, readEvent } from '../../src/action/event.ts';
import { refusalOf } from '../../src/action/guard.ts';
import type { Command } from '../../src/action/inputs.ts';

const own = { full_name: 'acme/edge' };
const theirs = { full_name: 'mallory/edge' };
const head = 'a'.repeat(40);
const base = 'b'.repeat(40);

function payload(repo: object | null, more: object = {}, action = 'synchronize'): object {
  return {
    action,
    pull_request: {
      number: 7,
      head: { sha: head, repo },
      base: { sha: base, repo: own },
      merged: false,
      ...more,
    },
    repository: own,
  };
}

const pull = {
  kind: 'pull-request',
  number: 7,
  headSha: head,
  baseSha: base,
  isFork: false,
  isMerged: false,
  hasSecrets: false,
} as const;

describe('an event', () => {
  it.each<readonly [string, string, unknown, Event]>([
    ['a push', 'push', { after: head }, { kind: 'other' }],
    ['a schedule', 'schedule', { schedule: '0 6 * * *' }, { kind: 'other' }],
    ['nothing', 'workflow_dispatch', {}, { kind: 'other' }],
    ['what is no object', 'push', 'hello', { kind: 'other' }],
    ['a pull request', 'pull_request', payload(own), pull],
    ['a fork', 'pull_request', payload(theirs), { ...pull, isFork: true }],
    ['a fork that is gone', 'pull_request', payload(null), { ...pull, isFork: true }],
    ['a target', 'pull_request_target', payload(own), { ...pull, hasSecrets: true }],
    ['a merge', 'pull_request', payload(own, { merged: true }, 'closed'), { ...pull, isMerged: true }],
    ['a close', 'pull_request', payload(own, {}, 'closed'), pull],
    ['a label on what was merged', 'pull_request', payload(own, { merged: true }, 'labeled'), pull],
    ['a review', 'pull_request_review', payload(own), pull],
    ['a pull request without a head', 'pull_request', payload(own, { head: {} }), { kind: 'other' }],
    ['a head that is no hash', 'pull_request', payload(own, { head: { sha: '$(id)' } }), { kind: 'other' }],
    [
      'a run of our own',
      'workflow_run',
      { workflow_run: { head_repository: own }, repository: own },
      { kind: 'secretive', name: 'workflow_run', isFork: false },
    ],
    [
      'a run of a fork',
      'workflow_run',
      { workflow_run: { head_repository: theirs }, repository: own },
      { kind: 'secretive', name: 'workflow_run', isFork: true },
    ],
    ['a run of who knows', 'workflow_run', {}, { kind: 'secretive', name: 'workflow_run', isFork: true }],
    [
      'a target that is not told',
      'pull_request_target',
      undefined,
      { kind: 'secretive', name: 'pull_request_target', isFork: true },
    ],
  ])('tells of %s', (_, name, given, expected) => {
    expect(readEvent(name, given)).toEqual(expected);
  });
});

describe('a job beside a Cloudflare token', () => {
  const fork = { ...pull, isFork: true };
  it.each<readonly [boolean, string, Event, Command]>([
    [false, 'for a fork without secrets', fork, 'plan'],
    [true, 'that applies what a fork proposes', fork, 'apply'],
    [true, 'with the secrets, for a fork', { ...fork, hasSecrets: true }, 'validate'],
    [false, 'with the secrets, for a branch', { ...pull, hasSecrets: true }, 'plan'],
    [false, 'after the merge of a fork', { ...fork, hasSecrets: true, isMerged: true }, 'apply'],
    [true, "after a fork's run", { kind: 'secretive', name: 'workflow_run', isFork: true }, 'plan'],
    [false, 'after a run of our own', { kind: 'secretive', name: 'workflow_run', isFork: false }, 'apply'],
    [false, 'on a push', { kind: 'other' }, 'apply'],
  ])('is refused: %s, %s', (isRefused, _, event, command) => {
    const { code } = refusalOf(event, command, true) ?? {};
    expect(code).toBe(isRefused ? 'action/fork-with-token' : undefined);
    expect(refusalOf(event, command, false)).toBeUndefined();
  });
});
