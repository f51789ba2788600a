import { describe, expect, it } from 'vitest';
import { decideComment, type Marked } from '../../src/action/comment.ts';
import type { CommentMode } from '../../src/action/inputs.ts';
import type { Marker } from '../../src/action/marker.ts';
import { reviewIn } from '../../src/action/reviewed.ts';
import { ProblemError } from '../../src/problem/problem.ts';

const marker: Marker = { kind: 'plan', id: 'one', subject: 's', head: 'h'.repeat(40), run: 20, attempt: 1 };

function marked(id: number, more: Partial<Marker> = {}): Marked {
  const comment = { id, nodeId: `IC_${id}`, body: '', author: 'us', url: `https://github.example/${id}` };
  return { comment, marker: { ...marker, run: 10, ...more } };
}

describe('a comment', () => {
  type Mode = Exclude<CommentMode, 'false'>;
  it.each<readonly [string, Mode, boolean, readonly Marked[], string]>([
    ['begins', 'true', false, [], 'create'],
    ['goes on', 'true', true, [marked(1)], 'update 1'],
    [
      'goes on where the latest run wrote',
      'true',
      true,
      [marked(1), marked(2, { run: 12 }), marked(3)],
      'update 2',
    ],
    ['is written again in a second attempt', 'true', true, [marked(1, { run: 20 })], 'update 1'],
    ['is left to a later run', 'true', true, [marked(1, { run: 21 })], 'leave 1'],
    ['is left to a later attempt', 'true', true, [marked(1, { run: 20, attempt: 2 })], 'leave 1'],
    ['is none of another id', 'true', true, [marked(1, { id: 'two' })], 'create'],
    ['is none of another kind', 'true', true, [marked(1, { kind: 'receipt' })], 'create'],
    ['begins with a change', 'changes-only', true, [], 'create'],
    ['does not begin without one', 'changes-only', false, [], 'none'],
    ['says that a change is gone', 'changes-only', false, [marked(1)], 'update 1'],
    ['is another one each time', 'always-new', false, [marked(1, { run: 21 })], 'create'],
  ])('%s (%s)', (_, mode, isNews, ours, expected) => {
    const decision = decideComment({ mode, isNews, marker }, ours);
    expect('comment' in decision ? `${decision.kind} ${decision.comment.id}` : decision.kind).toBe(expected);
  });
});

describe('the review in comments', () => {
  const reviewed = { fingerprint: 'cfe1:1', changes: [{ digest: 'd' }] };
  const pull = { number: 7, headSha: marker.head };

  it.each<readonly [string, readonly Marked[]]>([
    ['the one', [marked(1, { reviewed })]],
    [
      'the latest of an id',
      [marked(1, { reviewed: { fingerprint: 'cfe1:0' } }), marked(2, { reviewed, run: 11 })],
    ],
    ['several that say the same', [marked(1, { reviewed }), marked(2, { reviewed, id: 'two' })]],
    [
      'the one of the merged head',
      [
        marked(1, { id: 'renamed', head: '0'.repeat(40), reviewed: { fingerprint: 'cfe1:0' } }),
        marked(2, { reviewed }),
      ],
    ],
  ])('is %s', (_, comments) => {
    expect(reviewIn(comments, pull)).toEqual(reviewed);
  });

  it.each<readonly [RegExp, readonly Marked[]]>([
    [/has no comment by this identity/, []],
    [
      /hold different plans/,
      [marked(1, { reviewed }), marked(2, { id: 'two', reviewed: { fingerprint: 'cfe1:2' } })],
    ],
    [/hold different plans/, [marked(1, { reviewed }), marked(2, { id: 'two' })]],
    [
      /is of commit 000000000000, but hhhhhhhhhhhh was merged/,
      [marked(1, { reviewed, head: '0'.repeat(40) })],
    ],
    [/is of commit/, [marked(1, { reviewed }), marked(2, { reviewed, run: 11, head: '0'.repeat(40) })]],
    [/holds no plan that could be applied/, [marked(1)]],
    [/too many changes for a comment/, [marked(1, { reviewed: { fingerprint: 'cfe1:1' } })]],
  ])('is refused: %s', (message, comments) => {
    const refused = expect.objectContaining({
      code: 'action/not-reviewed',
      message: expect.stringMatching(message),
    });
    const attempt = (): unknown => reviewIn(comments, pull);
    expect(attempt).toThrow(ProblemError);
    expect(attempt).toThrow(expect.objectContaining({ problems: [refused] }));
  });
});
