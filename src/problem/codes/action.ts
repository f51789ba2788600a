import type { CodeEntry } from '../entry.ts';

export const actionCodes = {
  'action/usage': {
    severity: 'error',
    title: 'An input of the Action cannot be used',
    explain:
      'An input has a value that it cannot have, or does not go together with another one or with the command. The message names it; docs/github-action.md lists all inputs.',
  },
  'action/fork-with-token': {
    severity: 'error',
    title: "A fork's head would run beside a Cloudflare token",
    explain:
      'Under pull_request_target and workflow_run a job has the secrets of the repository, also where what it looks at was written by somebody else; and apply never runs on a fork before it is merged. Use the event pull_request, where forks get no secrets and a review offline, or give this job no Cloudflare token.',
  },
  'action/stray-link': {
    severity: 'error',
    title: 'A configuration is a symbolic link to where none may lie',
    explain:
      'What the checkout of a pull request holds was perhaps written by a stranger, and problems show lines of the file that they are about. So a link to a configuration may lead to another file of the checkout, but neither out of it nor to a path with a part that begins with a dot, such as .git/config.',
  },
  'action/not-reviewed': {
    severity: 'error',
    title: 'No reviewed plan was found on the pull request',
    explain:
      'With "fingerprint: from-comment" apply goes on only where exactly one merged pull request belongs to this commit and the comment of the plan job, by the same identity and for the merged head, holds the plan. Nothing was written. Where that cannot be had, hand the plan on as a file: output plan-path, artifact, input plan-file.',
  },
  'action/github-permission': {
    severity: 'error',
    title: 'GitHub refused a request for want of a permission',
    explain:
      'The token given as github-token may not do this. The hint names what to add under "permissions:" of the job. On pull requests from forks no permission helps: the token there may only read.',
  },
  'action/github-failed': {
    severity: 'error',
    title: 'GitHub did not do what it was asked',
    explain:
      'GitHub was not reachable, was overloaded or gave an answer that was not expected; the message holds its words. Run the job again.',
  },
  'action/interrupted': {
    severity: 'error',
    title: 'The job was cancelled before anything was written',
    explain: 'The runner ended the step while it read or planned. Everything is as it was.',
  },
} as const satisfies Record<`action/${string}`, CodeEntry>;
