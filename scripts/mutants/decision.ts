import { type Mutant, mutantsOf } from './mutant.ts';

export const decisionMutants: readonly Mutant[] = [
  ...mutantsOf('compiler/emit/gateway/decision.ts', {
    'identity tokens are taken': ['jwt.token_use == "access" && ', ''],
    'no scope is asked for': [` && \${literal(access.invokeScope)} in jwt.scope.split(" ")`, ''],
    'a missing model is no denial': [`metadata.requested], \${literal(denials.model)})`, 'metadata.requested], "")'],
    'the tenant claim is believed of every client': [
      `? \${claimed} : metadata.credential\``,
      `? metadata.credential : \${claimed}\``,
    ],
    'what guardrails reject passes': [`? \${found} : metadata.decision\``, '? metadata.decision : metadata.decision`'],
    'a denial in a row is not looked at': [`\`\${denies('metadata.tenant.class')} ? metadata.tenant.class\`,\n`, '\n'],
    'rules are swapped': ["map[model] ?? '']", "map[sortedKeys(map)[0] ?? ''] ?? '']"],
    'denials are counted': [`metadata.rule != "" && !\${denies('metadata.rule')}\``, 'metadata.rule != ""`'],
    'rows have no limits': ["fields.limits && typeof rpm === 'number'", 'false'],
    'rows have the limit of tokens for requests': ['{ rpm }', '{ rpm: tpd }'],
    'the first tenant is everybody': ["[clientToken(key), table.clients[key] ?? '']", "[clientToken(key), 'platform']"],
    "the list of models is everybody's": [
      'sortedKeys(table.classes[id]?.models ?? {})] as const',
      'sortedKeys(table.classes[sortedKeys(table.classes)[0] ?? id]?.models ?? {})] as const',
    ],
  }),
  ...mutantsOf('compiler/emit/gateway/conditions.ts', {
    'a condition is turned around': ['? "1" : "0"', '? "0" : "1"'],
    'the bound itself is over the bound': [`> \${when.maxTokensOver}`, `>= \${when.maxTokensOver}`],
    'instructions are no part of the prompt': [", 'instructions']", ']'],
    'all conditions share a header': ['digest(canonical(when)).slice(0, 10)', 'digest("").slice(0, 10)'],
  }),
  ...mutantsOf('compiler/emit/gateway/scan.ts', {
    'words behind a line break are not found': ["['\\\\n', '\\n'],", ''],
    'patterns in detect mode are not logged': ['...detection(detected),', ''],
    'one rejecting pattern is not looked for': [`(\${regexes.join(' || ')})`, `(\${regexes.slice(0, 1).join(' || ')})`],
    'scans are for the first class only': ['[[id, own]]', "[[sortedKeys(table.classes)[0] ?? '', own]]"],
  }),
  ...mutantsOf('compiler/emit/gateway/value.ts', {
    'dollar signs are not doubled': ["text.replaceAll('$', '$$$$')", 'text'],
  }),
];
