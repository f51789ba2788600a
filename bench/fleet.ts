import { stringify } from 'yaml';

interface Page {
  readonly name: string;
  readonly url: string;
  readonly description: string;
}

/** A rule as the API takes it. */
interface WireRule {
  readonly ref: string;
  readonly description: string;
  readonly expression: string;
  readonly action: 'serve_error';
  readonly action_parameters: Readonly<Record<string, string | number>>;
}

/** What one zone holds, in the words of the API. */
export interface FleetZone {
  readonly name: string;
  readonly assets: readonly Page[];
  readonly rules: readonly WireRule[];
}

/** How much of everything a fleet has. */
export interface FleetSize {
  readonly zones: number;
  readonly rules: number;
  readonly assets: number;
}

/** Zones full of rules, no two alike: the first rules of a zone name its assets, the others bring a page of their own. */
export function makeFleet({ zones, rules, assets }: FleetSize): readonly FleetZone[] {
  return Array.from({ length: zones }, (_, zone) => {
    const name = `zone-${String(zone + 1).padStart(3, '0')}.example`;
    return {
      name,
      assets: Array.from({ length: assets }, (_, number) => page(name, number + 1)),
      rules: Array.from({ length: rules }, (_, number) => rule(name, number + 1, assets)),
    };
  });
}

function page(zone: string, number: number): Page {
  return {
    name: `page_${number}`,
    url: `https://static.example.com/${zone}/page-${number}.html`,
    description: `Branded page ${number} of ${zone}`,
  };
}

function rule(zone: string, number: number, assets: number): WireRule {
  return {
    ref: `rule_${number}`,
    description: `What visitors of ${zone} see below /area-${number}/`,
    expression: `http.host eq "www.${zone}" and http.response.code ge 500 and starts_with(http.request.uri.path, "/area-${number}/")`,
    action: 'serve_error',
    action_parameters:
      number <= assets
        ? { asset_name: `page_${number}`, content_type: 'text/html' }
        : { content: inlinePage(zone, number), content_type: 'text/html', status_code: 503 },
  };
}

function inlinePage(zone: string, number: number): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head><meta charset="utf-8"><title>${zone} is taking a break</title></head>
  <body>
    <h1>Something went wrong in area ${number}</h1>
    <p>We are on it. Please try again in a few minutes.</p>
  </body>
</html>
`;
}

/** The configuration file of these zones. */
export function fleetYaml(fleet: readonly FleetZone[]): string {
  const zones = fleet.map(({ name, assets, rules }) => [
    name,
    {
      assets,
      rules: rules.map(({ action: _, action_parameters, ...own }) => ({ ...own, ...action_parameters })),
    },
  ]);
  return stringify({ version: 1, zones: Object.fromEntries(zones) });
}

/** The same fleet with another description on the last rule of every tenth zone. */
export function withEdits(fleet: readonly FleetZone[]): readonly FleetZone[] {
  return fleet.map((zone, index) => (index % 10 === 0 ? { ...zone, rules: edited(zone.rules) } : zone));
}

function edited(rules: readonly WireRule[]): readonly WireRule[] {
  return rules.map((one, index) => (index === rules.length - 1 ? { ...one, description: 'Edited' } : one));
}
