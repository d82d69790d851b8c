import type { When } from '../../schema/strategy.ts';

/**
 * The forms of CEL that the laws understand. A law proves nothing about an expression that it cannot read, so any other
 * form is a violation: who changes an expression of the emitter says here what the new one means.
 */

/** Headers that carry what the gateway decided: clients must not set them, providers must not see them. */
export const ruleHeader = 'x-gw-rule';

export const literal = (text: string): string => JSON.stringify(text);

/** A credential leads to its tenant, no other to any. */
export const credentialForm = 'coalesce({…}[jwt.client_id], "")';

/** The claim counts only where the credential is the federation's. */
export function tenantIdForm(claim: string | undefined): string {
  if (claim === undefined) return 'metadata.credential';
  return `metadata.credential == "@claim" ? coalesce(string(jwt.${claim}), "") : metadata.credential`;
}

/** Who has no row is nobody. */
export const tenantForm = 'coalesce(json({…}[metadata.tenantId]), {"id": "", "class": "!tenant"})';

/** `+ ""` fails for what is no text, and what is long is no name; reading a body that is too large fails as well. */
export const requestedForm =
  'request.method != "POST" ? "" : coalesce(size(json(request.body).model + "") > 256 ? "" : json(request.body).model + "", "")';

export const aliasForm = 'coalesce({…}[metadata.tenant.class + "/" + metadata.requested], metadata.requested)';

export const noAliasForm = 'metadata.requested';

/**
 * Each question with the answer where it holds; the first that holds decides. Who has no right comes before everything,
 * whose tenant is refused before any look at the body, and a model is looked up only for a body that was read.
 */
export function decisionForm(invokeScope: string): string {
  return [
    `!coalesce(jwt.token_use == "access" && ${literal(invokeScope)} in jwt.scope.split(" "), false) ? "!token"`,
    'metadata.tenant.class.startsWith("!") ? metadata.tenant.class',
    'request.method != "POST" ? ""',
    'coalesce(request.body == null, true) ? "!large"',
    'metadata.requested == "" ? "!json"',
    'coalesce({…}[metadata.tenant.class + "/" + metadata.requested], "!model")',
  ].join(' : ');
}

/** What guardrails reject is looked for only where the table lets a request through; where looking fails, it is rejected. */
export function ruleForm(blocks: boolean): string {
  if (!blocks) return 'metadata.decision';
  return 'metadata.decision != "" && !metadata.decision.startsWith("!") && coalesce(metadata.blocked, "!blocked") != "" ? coalesce(metadata.blocked, "!blocked") : metadata.decision';
}

/** What every answer carries. Only the gateway's own 429 gets a time to wait; a provider's answer says its own. */
export const responseForms: Readonly<Record<string, string>> = {
  'x-gw-release': literal('@{release}'),
  'x-gw-request-id': 'metadata.requestId',
  'retry-after':
    'coalesce(response.headers["retry-after"], response.code == 429 && !coalesce(proxy.upstreamDuration != null, false)' +
    ' ? response.headers["x-ratelimit-reset"] : fail("none"))',
};

/** What a tenant reads of its own models. */
export const modelListForm =
  'toJson({"object": "list", "data": json({…}[metadata.tenant.class]).map(n, {"id": n, "object": "model", "created": 0, "owned_by": "gateway"})})';

/** A request that the table lets through: neither denied nor the list of models. */
export const servedForm = 'metadata.rule != "" && !metadata.rule.startsWith("!")';

/** Says "1" where all facts of a condition hold. A fact that a body does not state does not hold. */
export function conditionForm(when: When): string {
  const facts = [
    ...(when.maxTokensOver === undefined ? [] : [`coalesce(int(${maxTokens}) > ${when.maxTokensOver}, false)`]),
    ...(when.promptCharactersOver === undefined
      ? []
      : [`coalesce((${prompt}).charAt(${when.promptCharactersOver}) != "", false)`]),
    ...(when.stream === undefined ? [] : [`${not(when.stream)}coalesce(json(request.body).stream == true, false)`]),
    ...(when.tools === undefined ? [] : [`${not(when.tools)}coalesce(size(json(request.body).tools) > 0, false)`]),
    ...(when.header === undefined
      ? []
      : [`coalesce(request.headers[${literal(when.header.name)}] == ${literal(when.header.equals)}, false)`]),
  ];
  return `${servedForm} && ${facts.join(' && ')} ? "1" : "0"`;
}

const not = (expected: boolean): string => (expected ? '' : '!');

/** Chat clients have an old and a new name for it, Responses clients one of their own; Messages clients the old one. */
const maxTokens =
  'request.path == "/v1/chat/completions" ? coalesce(json(request.body).max_completion_tokens, json(request.body).max_tokens)' +
  ' : request.path == "/v1/responses" ? json(request.body).max_output_tokens : json(request.body).max_tokens';

/** All the places where a client format puts text for the model, as JSON text: to walk through a list takes the gateway quadratic time. */
const prompt = ['messages', 'system', 'input', 'instructions']
  .map((field) => `coalesce(toJson(json(request.body).${field}), "")`)
  .join(' + ');
