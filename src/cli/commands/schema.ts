import type { Command } from 'commander';
import { configSchemaText } from '../../app/app.ts';
import type { Shell } from '../program.ts';

export function addSchema(program: Command, { terminal }: Shell): void {
  program
    .command('schema')
    .description('Print the JSON Schema of the configuration file')
    .action(() => terminal.print(configSchemaText()));
}
