import { logFields, removedLogFields } from '../../../contract/observability.ts';
import { literal } from './forms.ts';
import { same, shown } from './same.ts';
import type { Law } from './subject.ts';

/** The log holds the fields of the contract, each computed as the contract says, and nothing of a header or a body. */
export const accessLog: Law = function* ({ config }) {
  const { add = {}, remove } = config.frontendPolicies?.accessLog ?? {};
  if (!same(config.config?.logging, { format: 'json', level: 'info,agent_llm=error' }))
    yield 'agentgateway.json: the log is no JSON, or holds answers that the gateway cannot read';
  if (!same(remove, removedLogFields)) yield `agentgateway.json: the log removes ${shown(remove)}`;
  for (const [name, { cel }] of Object.entries(logFields)) {
    const expected = typeof cel === 'string' ? cel : literal('@{release}');
    if (add[name] !== expected)
      yield `agentgateway.json: the log has ${name} as ${shown(add[name])} instead of ${expected}`;
  }
  for (const [name, cel] of Object.entries(add)) {
    if (!Object.hasOwn(logFields, name)) yield `agentgateway.json: the log has ${name}, which is not in the contract`;
    if (/\b(request|response)\.(headers|body)|\bllm\.(prompt|completion)|\bllmRequest\b/.test(cel))
      yield `agentgateway.json: the log holds what somebody said, as ${name}`;
  }
};
