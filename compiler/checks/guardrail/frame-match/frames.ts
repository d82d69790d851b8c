export interface Frame {
  /** As a sentence goes on after "matches … in". */
  readonly where: string;
  /** With several values, where any may stand: only what is found in all of them is found in every such request. */
  readonly texts: readonly string[];
}

const every = (requests: string, ...texts: readonly string[]): Frame => ({
  where: `the frame of every ${requests}`,
  texts,
});

/** What stands in a request whatever is asked: patterns that reject or detect read the whole body as text. */
export const frames: readonly Frame[] = [
  every('request', '{"messages":[{"content":"","role":"user"}],"model":""}'),
  every('request', '{"model":"","messages":[{"role":"user","content":""}]}'),
  every('request to /v1/responses and /v1/embeddings', '{"input":"","model":""}'),
  every(
    'request whose content has parts',
    '{"model":"","messages":[{"role":"user","content":[{"type":"text","text":""}]}]}',
  ),
  every('request whose content has parts', '{"type":"message","content":[{"type":"input_text","text":""}]}'),
  every('dialogue', '{"role":"assistant","content":""}'),
  every('request with a system prompt', '{"role":"system","content":""}'),
  every('request with a system prompt', '{"system":""}'),
  every('request with max_tokens', '{"max_tokens":7}', '{"max_tokens":16384}'),
  every('request with a temperature', '{"temperature":1}', '{"temperature":0.25}'),
  every('streamed request', '{"stream":true}'),
  every('request with tools', tools('{"type":"function","function":{"name":"","description":"","parameters":')),
  every('request with tools', tools('{"name":"","description":"","input_schema":')),
  every('request with tool_choice', '{"tool_choice":""}'),
  every('request with a tool result', '{"role":"tool","tool_call_id":"","content":""}'),
  every('request with a tool result', '{"type":"tool_result","tool_use_id":"","content":""}'),
  every('request with a tool result', '{"type":"function_call_output","call_id":"","output":""}'),
  every('request with a response format', '{"response_format":{"type":""}}'),
];

function tools(opening: string): string {
  return `{"tools":[${opening}{"type":"object","properties":{}}`;
}
