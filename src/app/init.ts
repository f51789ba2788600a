import { join, relative, resolve } from 'node:path';
import configSchema from '../../schemas/config.schema.json' with { type: 'json' };
import { exists, writeNewFiles } from './files.ts';
import workflow from './workflow.json' with { type: 'json' };
import type { World } from './world.ts';

export interface InitRequest {
  /** Folder for the files, relative to the working directory. */
  readonly directory: string;
  /** Whether to write a workflow for GitHub too, for which `directory` is the root of a repository. */
  readonly github?: boolean;
}

/** The name of the schema's copy, which the first line of a configuration refers to. */
export const schemaName = 'custom-errors.schema.json';

const starter = `# yaml-language-server: $schema=./${schemaName}
#
# What visitors see when something breaks. Check it with "cf-errors validate", look at the difference to what is live
# with "cf-errors plan", make it live with "cf-errors apply". To try all of that without Cloudflare, add --sandbox.
version: 1

zones:
  # The name of your zone. A kind that is listed here is owned: "rules:" means exactly these rules and no others. A kind
  # that is not listed is never touched. Is there something in the zone already? "cf-errors import" writes this file.
  example.com:
    rules: # in order: the first rule that matches answers
      - ref: api_json # the rule's name for life
        description: JSON for API clients
        expression: http.response.code ge 500 and starts_with(http.request.uri.path, "/api/")
        content_type: application/json
        content: '{"message":"A server error occurred."}'

      - ref: server_error
        description: One page for all other server errors
        expression: http.response.code ge 500 and http.response.code lt 600
        content_type: text/html
        content: |
          <!DOCTYPE html>
          <html lang="en">
            <head><meta charset="utf-8"><title>Something went wrong</title></head>
            <body><h1>Something went wrong</h1><p>Please try again in a moment.</p></body>
          </html>

    # A page that Cloudflare fetches and keeps, for rules to name with "asset_name: error_5xx":
    #
    # assets:
    #   - name: error_5xx
    #     url: https://static.example.com/errors/5xx.html
    #     description: Branded page for server errors

# Rules of an account answer where no rule of the zone does:
#
# accounts:
#   Acme Inc:
#     rules: []

# Errors as visitors meet them, and what must answer; "cf-errors test" runs these cases, and so does every plan:
#
# tests:
#   - name: API clients get JSON
#     zone: example.com
#     request: { path: /api/orders }
#     response: { status: 502 }
#     expect: { ref: api_json }
#   - zone: example.com
#     response: { status: 404 }
#     expect: { ref: none }
`;

/** Where GitHub looks for workflows. */
const workflowPath = '.github/workflows/cf-errors.yml';

/**
 * Writes a commented starter file with the schema beside it and answers their paths; overwrites nothing. With `github` it
 * writes the workflow of examples/github/plan-and-apply.yml too, and where there is a configuration already, that alone.
 */
export async function init(request: InitRequest, world: World): Promise<readonly string[]> {
  const folder = resolve(world.cwd, request.directory);
  const starters = { 'custom-errors.yaml': starter, [schemaName]: configSchemaText() };
  const texts =
    request.github === true
      ? { ...((await hasConfiguration(folder)) ? {} : starters), [workflowPath]: workflow.lines.join('\n') }
      : starters;
  const files = Object.entries(texts).map(([path, text]) => ({
    path: join(folder, path),
    text,
    isPrivate: false,
  }));
  await writeNewFiles(files, world.cwd);
  return files.map((file) => relative(world.cwd, file.path));
}

async function hasConfiguration(folder: string): Promise<boolean> {
  return (
    (await exists(join(folder, 'custom-errors.yaml'))) || (await exists(join(folder, 'custom-errors.yml')))
  );
}

/** The schema of the configuration file, as text. */
export function configSchemaText(): string {
  return `${JSON.stringify(configSchema, null, 2)}\n`;
}
