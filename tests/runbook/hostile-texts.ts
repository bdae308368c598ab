// Texts that try to break out of quotations: every printable sign alone, doubled and in pairs with quotes and backslashes,
// and the classics of shell, SPL and markup injection. No NUL, which no argument can carry.

const SIGNS = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
const PARTNERS = ['"', "'", '\\', '`'];

const CLASSICS = [
  '', ' ', '\t', '\n', '\r\n', 'a\nb', '"; rm -rf / #', "'; rm -rf / #", '$(touch broken)', '`touch broken`', '${HOME}', '$HOME', '$$', '!!', '~', '~root',
  '| cat /etc/passwd', '|| true', '&& true', '& true', '; true', '> /dev/null', '2>&1', '< /dev/zero', '*', '?', '[a-z]', '{a,b}', '-rf', '--help', '--', '-',
  '\\', '\\\\', '\\"', "\\'", '"\\', "'\\''", '"\'"', '%s%n', '%00', '\u0001', '\u001b[31m', '\u007f', '\u00a0', '\u2028', '\u2029', '\ufeff', '☑', '😀', 'é', 'e\u0301',
  '" | delete', '" OR 1=1 "', '") OR (index=*', '"] | map search="', '[search index=_internal]', '| outputlookup users.csv', '`macro`', '`macro("x")`', '$token$', 'field="x" | rest /services',
  '\\" | delete', '\\\\" | delete', '"\n| delete', '"\r| delete', "' | delete", 'x" earliest=0 latest=now "', 'index=_*', 'NOT x', 'AND', 'OR', 'a OR b', '(', ')', '((', '"(', '_raw', '*" | stats count "',
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '"><b>', '&lt;', '| --- |', '[x](javascript:alert(1))', '**bold**', '__proto__', 'constructor', 'undefined', 'null', 'NaN'
];

/** More than 400 texts. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...new Set([...CLASSICS, ...SIGNS, ...SIGNS.flatMap(sign => PARTNERS.flatMap(partner => [`${sign}${partner}`, `${partner}${sign}`]))])
];
