import {
  aliasForm,
  credentialForm,
  decisionForm,
  modelListForm,
  noAliasForm,
  requestedForm,
  ruleForm,
  tenantForm,
  tenantIdForm,
} from './forms.ts';
import { withoutTexts } from './literals.ts';
import { type Law, named, type Subject } from './subject.ts';

/** What the decision's expressions mean, beside the tables in them. */
export const expressions: Law = function* (subject) {
  const { forms: metadata, lookups } = subject.decision;
  for (const [entry, actual, expected, input] of forms(subject)) {
    if (expected.includes(actual)) continue;
    yield `agentgateway.json: metadata ${entry} reads ${actual === '' ? 'nothing' : actual} instead of ${expected[0]} (${input})`;
  }
  if (lookups.list.form !== modelListForm) yield 'agentgateway.json: route models lists something else than the table';
  for (const entry of Object.keys(metadata))
    if (!entries.has(entry)) yield `agentgateway.json: metadata has ${entry}, which nothing reads`;
  yield* order(metadata);
  yield* depth(subject);
};

const decides = ['requestId', 'client', 'credential', 'tenantId', 'tenant', 'requested', 'model', 'decision', 'rule'];
const scans = ['guards', 'text', 'detections', 'detected', 'blocked'];
const entries = new Set([...decides, ...scans]);

function* forms({ model, decision }: Subject): Iterable<readonly [string, string, readonly string[], string]> {
  const { metadata, lookups } = decision;
  const { environment } = model;
  const federation = model.resources.federation;
  const place = named(environment);
  const blocks = metadata['blocked'] !== undefined;
  const claim = federation?.spec.tenantClaim;
  yield ['client', metadata['client'] ?? '', ['string(jwt.client_id)'], place];
  yield ['requestId', metadata['requestId'] ?? '', ['uuid()'], place];
  yield ['credential', lookups.credential.form, [credentialForm], place];
  yield ['tenantId', metadata['tenantId'] ?? '', [tenantIdForm(claim)], federation ? named(federation) : place];
  yield ['tenant', lookups.tenant.form, [tenantForm], place];
  yield ['requested', metadata['requested'] ?? '', [requestedForm], place];
  yield ['model', lookups.model.form, decision.aliases.size > 0 ? [aliasForm] : [aliasForm, noAliasForm], place];
  yield ['decision', lookups.rule.form, [decisionForm(`${environment.spec.access.resourceServer}/invoke`)], place];
  yield ['rule', metadata['rule'] ?? '', [ruleForm(blocks)], place];
}

/** Entries are evaluated in order and see only those before them. */
function* order(metadata: Readonly<Record<string, string>>): Iterable<string> {
  const before = new Set<string>();
  for (const [name, expression] of Object.entries(metadata)) {
    for (const [, read = ''] of withoutTexts(expression).matchAll(/\bmetadata\.(\w+)/g)) {
      if (!before.has(read))
        yield `agentgateway.json: metadata ${name} reads metadata.${read}, which comes later or never`;
    }
    before.add(name);
  }
}

/** The gateway's parser takes 48 levels and stops the start beyond; ternaries nest. */
const deepest = 40;

function* depth({ config, decision }: Subject): Iterable<string> {
  const set = config.gateways['default']?.transformations?.request?.set;
  for (const [name, expression] of Object.entries({ ...decision.forms, ...set })) {
    const ternaries = nested(withoutTexts(expression));
    if (ternaries > deepest) yield `agentgateway.json: ${name} nests ${ternaries} ternaries, which does not compile`;
  }
}

/** Ternaries around the deepest: those of a list stand beside each other, those of a chain in each other. */
function nested(expression: string): number {
  let depth = 0;
  let most = 0;
  const around: number[] = [];
  for (const [sign] of expression.matchAll(/[?,()[\]{}]/g)) {
    if (sign === '?') depth += 1;
    else if (sign === ',') depth = around.at(-1) ?? 0;
    else if ('([{'.includes(sign)) around.push(depth);
    else depth = around.pop() ?? 0;
    most = Math.max(most, depth);
  }
  return most;
}
