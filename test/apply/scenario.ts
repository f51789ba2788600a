import { type Journey, type JourneyOptions, setOut } from '../e2e/journey.ts';

/** A zone that shows an old page. */
export const before = `version: 1
zones:
  example.com:
    assets:
      - name: old_page
        url: https://static.example.com/old.html
    rules:
      - ref: page
        expression: http.response.code eq 500
        asset_name: old_page
      - ref: text
        expression: http.response.code eq 502
        content_type: text/plain
        content: Out of order.
`;

/** The same zone with a new page: an asset to create, a rule to edit, an asset to delete. */
export const after = before.replaceAll('old_page', 'new_page').replace('old.html', 'new.html');

/** What the way from one to the other takes: hazards that are meant. */
export const allow = ['plan/take-over'];

/** The requests of applying the saved plan from `before` to `after`, one at a time. */
export const steps = [
  'GET zone example.com rules',
  'GET zone example.com assets',
  'POST zone example.com assets',
  'GET zone example.com rules',
  'PUT zone example.com rules',
  // Time has passed since they were all listed, and again when it is over.
  'GET zone example.com assets/old_page',
  'GET zone example.com rules',
  'DELETE zone example.com assets/old_page',
  'GET zone example.com rules',
  'GET zone example.com assets',
] as const;

/** The same as they are heard: neighbouring reads in alphabetical order. */
export const heard = [steps[1], steps[0], ...steps.slice(2, -2), steps[9], steps[8]] as const;

/** The writes among them, in the words of `outcomesOf`. */
export const changes = ['asset-create new_page', 'rules', 'asset-delete old_page'].map(
  (change) => `zone example.com ${change}`,
);

/** One request at a time, so that a step is a place in an order. */
export const applySaved = { planFile: 'plan.json', target: { parallelism: 1 }, allow };

/** A user who has `before` live and has saved the plan that leads to `after`. */
export async function withSavedPlan(options: JourneyOptions = {}): Promise<Journey> {
  const journey = await setOut(options);
  journey.write(before);
  await journey.apply();
  journey.write(after);
  await journey.save();
  journey.sent();
  return journey;
}

/** Runs `act` right before the request at a place of `steps`, counted from 0. */
export function atStep(
  journey: Journey,
  step: number,
  act: () => ReturnType<Journey['hook']> | Promise<unknown>,
): void {
  let count = 0;
  journey.hook = async () => {
    const isDue = count === step;
    count += 1;
    if (!isDue) return undefined;
    const disturbance = await act();
    return isDisturbance(disturbance) ? disturbance : undefined;
  };
}

function isDisturbance(value: unknown): value is Awaited<ReturnType<Journey['hook']>> {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
