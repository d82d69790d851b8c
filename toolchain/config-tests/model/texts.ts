import { isList, isObject, type Json, type JsonObject } from '../../../contract/canonical.ts';
import type { RouteType } from './config-ai.ts';

/** What a guard does with a text: the text that takes its place. */
type Visit = (text: string) => string;

/**
 * The texts of a request that the gateway's guards read: of chat completions all but tool results, of messages the
 * system prompt too, of responses the input without the instructions. Of a list of parts neighbouring texts are read
 * as one, and what changed takes the place of the last of them.
 */
export function visitTexts(type: RouteType, body: JsonObject, visit: Visit): JsonObject {
  if (type === 'completions') {
    return {
      ...body,
      messages: items(body['messages'], (message) =>
        message['role'] === 'tool' ? message : content(message, ' ', isText, visit),
      ),
    };
  }
  if (type === 'messages') {
    const system = body['system'];
    const rest = { ...body, messages: items(body['messages'], (message) => content(message, ' ', isText, visit)) };
    return system === undefined || system === null ? rest : { ...rest, system: texts(system, '\n', isText, visit) };
  }
  if (type !== 'responses') return body;
  const { input = null } = body;
  if (typeof input === 'string') return { ...body, input: visit(input) };
  return { ...body, input: items(input, (item) => ('role' in item ? content(item, '\n', isInputText, visit) : item)) };
}

function items(value: Json | undefined, change: (item: JsonObject) => JsonObject): Json {
  if (!isList(value)) return value ?? null;
  return value.map((item) => (isObject(item) ? change(item) : item));
}

type IsText = (part: JsonObject) => boolean;

const isText: IsText = (part) => typeof part['text'] === 'string';
const isInputText: IsText = (part) =>
  typeof part['text'] === 'string' && (part['type'] === 'input_text' || part['type'] === 'output_text');

function content(message: JsonObject, separator: string, isTextPart: IsText, visit: Visit): JsonObject {
  const { content: value } = message;
  return value === undefined ? message : { ...message, content: texts(value, separator, isTextPart, visit) };
}

function texts(value: Json, separator: string, isTextPart: IsText, visit: Visit): Json {
  if (typeof value === 'string') return visit(value);
  if (!isList(value)) return value;
  const done: Json[] = [];
  let run: JsonObject[] = [];
  const endRun = () => {
    done.push(...visitRun(run, separator, visit));
    run = [];
  };
  for (const part of value) {
    if (isObject(part) && isTextPart(part)) {
      run.push(part);
      continue;
    }
    endRun();
    done.push(part);
  }
  endRun();
  return done;
}

function visitRun(run: readonly JsonObject[], separator: string, visit: Visit): readonly JsonObject[] {
  const last = run.at(-1);
  if (last === undefined) return run;
  const joined = run.map(({ text }) => String(text)).join(separator);
  const changed = visit(joined);
  return changed === joined ? run : [{ ...last, text: changed }];
}
