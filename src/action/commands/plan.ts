import { exitOfPlan, type Planned, plan, savePlan, withProblems } from '../../app/app.ts';
import { hasChanges, type Plan, planProblems } from '../../model/plan.ts';
import { hasErrors } from '../../problem/problem.ts';
import { planMarkdown, planTerminal } from '../../render/render.ts';
import { planInInputWords } from '../input-words.ts';
import { type Job, logLook, planPathOf, planRequestOf, titleOf } from '../job.ts';
import { reasonOf } from '../reasons.ts';
import { ending, type Result } from '../result.ts';

/** Said under the heading of a drift that is one. */
const drifted = 'What is live at Cloudflare is not what the file says. These changes would make it so again:';

/** Plans, saves the plan for a later job, and says what would change; `drift` is the same with changes as the news. */
export async function runPlan(job: Job): Promise<Result> {
  const planned = await plan(planRequestOf(job), job.world);
  const made = planned.plan;
  if (made === undefined)
    return ending({ ...planned, kind: 'plan', title: titleOf(job), otherwise: 'plan-failed' });
  const shown = planInInputWords(withProblems(made, planned.problems));
  if (!hasErrors(planProblems(shown))) await savePlan(made, planPathOf(job));
  job.say(planTerminal(shown, logLook(job, planned.sources)));
  return resultOf(job, shown, planned.sources);
}

function resultOf(job: Job, shown: Plan, sources: Planned['sources']): Result {
  const { command, failOnChanges } = job.inputs;
  const problems = planProblems(shown);
  const exitCode = exitOfPlan(shown, [], true);
  const isWaiting = exitCode === 2 && failOnChanges;
  const isDrift = command === 'drift' && hasChanges(shown);
  const look = { title: titleOf(job), sandbox: false, sources, ...(isDrift ? { lead: drifted } : {}) };
  return {
    kind: 'plan',
    exitCode,
    reason: exitCode === 1 ? reasonOf(problems, 'plan-failed') : isWaiting ? 'changes' : undefined,
    plan: shown,
    problems,
    sources,
    isNews: hasChanges(shown) || problems.length > 0,
    page: (space) => planMarkdown(shown, { ...look, ...space }),
  };
}
