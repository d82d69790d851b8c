import type { Json, JsonObject } from '../../../contract/canonical.ts';
import { isObject, listIn, objectIn } from './edit.ts';

/** The assistant's text of an answer in any format that clients speak; undefined where it holds none. */
export function answerText(body: Json): string | undefined {
  const found =
    typeof body === 'string' ? eventsOf(body).flatMap(deltaTexts) : isObject(body) ? messageTexts(body) : [];
  return found.length === 0 ? undefined : found.join('');
}

/** The data of server-sent events that is JSON. */
function eventsOf(text: string): JsonObject[] {
  return text.split('\n').flatMap((line) => {
    if (!line.startsWith('data:')) return [];
    try {
      const data = JSON.parse(line.slice('data:'.length)) as Json;
      return isObject(data) ? [data] : [];
    } catch {
      return [];
    }
  });
}

function deltaTexts(event: JsonObject): string[] {
  const { type, delta } = event;
  if (type === 'response.output_text.delta') return texts([delta]);
  if (type === 'content_block_delta') return texts([objectIn(event, 'delta')['text']]);
  return texts(objectItems(event, 'choices').map((choice) => objectIn(choice, 'delta')['content']));
}

function messageTexts(body: JsonObject): string[] {
  const ofChoices = objectItems(body, 'choices').map((choice) => objectIn(choice, 'message')['content']);
  const ofContent = objectItems(body, 'content').map((block) => block['text']);
  const ofOutput = objectItems(body, 'output')
    .flatMap((item) => objectItems(item, 'content'))
    .map((part) => part['text']);
  return texts([...ofChoices, ...ofContent, ...ofOutput]);
}

function objectItems(object: JsonObject, name: string): JsonObject[] {
  return listIn(object, name).filter(isObject);
}

function texts(values: readonly (Json | undefined)[]): string[] {
  return values.filter((value) => typeof value === 'string');
}
