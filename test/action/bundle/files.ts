/** A configuration of example.com with one rule; `content` is what it serves. */
export function oneRule(content = 'Sorry.'): string {
  return `version: 1
zones:
  example.com:
    rules:
      - ref: sorry
        expression: http.response.code ge 500
        content_type: text/plain
        content: ${JSON.stringify(content)}
`;
}

/** One rule for each zone. */
export function zones(...names: readonly string[]): string {
  const entries = names.map(
    (name) => `  ${name}:
    rules:
      - { ref: sorry, expression: http.response.code ge 500, content_type: text/plain, content: Sorry. }
`,
  );
  return `version: 1\nzones:\n${entries.join('')}`;
}

/** A file that empties what example.com serves. */
export const noRules = 'version: 1\nzones:\n  example.com:\n    rules: []\n';

/** A file with one error, on line 7. */
export const broken = oneRule().replace('text/plain', 'text/plan');

/** A checkout with a configuration at the usual place. */
export const checkout = { 'custom-errors.yaml': oneRule() };
