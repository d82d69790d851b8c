import { isObject, type Json, type JsonObject } from '../../../contract/canonical.ts';
import { eventsOf } from '../observed.ts';
import { listIn, objectIn } from './edit.ts';

/** The assistant's text of an answer in any format that clients speak; undefined where it holds none. */
export function answerText(body: Json): string | undefined {
  const found =
    typeof body === 'string'
      ? eventsOf(body).filter(isObject).flatMap(deltaTexts)
      : isObject(body)
        ? messageTexts(body)
        : [];
  return found.length === 0 ? undefined : found.join('');
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
