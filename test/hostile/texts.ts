/** What a stranger with a dashboard could put into names, descriptions, expressions and pages. */
export const hostileTexts: Readonly<Record<string, string>> = {
  'terminal escapes': '\u001b[2J\u001b]0;title\u0007\u001b[31mred\u009b1m',
  'a link of the terminal': '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
  'a carriage return that hides': 'harmless\rEVIL\b\b\b\u0000',
  'bidi controls': 'user\u202e }if( \u2066admin\u2069 \u2067x\u2069\u200f\u061c',
  'invisible characters': 'a\u200bb\u2060c\ufeffd\u00ade\u3164f\u2028g\u2029',
  'line feeds': 'one\n\nEVIL\n  EVIL',
  Markdown: '](https://evil.example) **EVIL** | a | b |\n# EVIL\n> [!NOTE]\n- [ ] EVIL',
  mentions: '@octocat #12 GH-12 https://github.com/o/r/issues/1',
  HTML: '<script>EVIL</script><img src=x onerror=EVIL><!-- --></code>',
  'the end of a section': '</details></summary><details open>\n</details>\n\nEVIL',
  'workflow commands':
    '\n::set-output name=x::EVIL\n  ::error file=a::EVIL\n::add-mask::a\n::stop-commands::x',
  'old workflow commands': 'x ##[error]EVIL ##[set-output name=x]EVIL ##vso[task.setvariable]EVIL',
  'backtick fences': '```\n````diff\n~~~\n`````\nEVIL\n```',
  'a long line': 'EVIL '.repeat(820).slice(0, 4_096),
  'half a character': 'x\ud800y',
  'words of YAML': '*a\n&b !!js - {[%@`"\'\n---\n...\n? x: y # z\n<<: *a',
};
