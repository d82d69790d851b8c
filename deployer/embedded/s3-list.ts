import { AwsError, escapeXml, xmlDeclaration } from './answers.ts';
import { decodePageToken, encodePageToken } from './context.ts';
import type { StoredObject } from './objects.ts';

interface Listing {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  readonly token: string | null;
  readonly startAfter: string;
}

/** One line of an answer: an object, or the common prefix that stands for several. */
type Entry = { readonly name: string; readonly object: StoredObject | null };

export function readListing(bucket: string, query: URLSearchParams, pageSize: number): Listing {
  const maxKeys = Number(query.get('max-keys') ?? 1000);
  if (!Number.isInteger(maxKeys) || maxKeys < 0) {
    throw new AwsError('InvalidArgument', 'Provided max-keys not an integer or within integer range');
  }
  return {
    bucket,
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: Math.min(maxKeys, 1000, pageSize),
    token: query.get('continuation-token'),
    startAfter: query.get('start-after') ?? '',
  };
}

export function listXml(listing: Listing, objects: readonly StoredObject[]): string {
  const entries = entriesOf(listing, objects);
  const page = entries.slice(0, listing.maxKeys);
  const last = page.at(-1);
  const truncated = entries.length > page.length && last !== undefined;
  const elements = [
    element('Name', listing.bucket),
    element('Prefix', listing.prefix),
    listing.delimiter === '' ? '' : element('Delimiter', listing.delimiter),
    element('MaxKeys', String(listing.maxKeys)),
    element('KeyCount', String(page.length)),
    element('IsTruncated', String(truncated)),
    truncated ? element('NextContinuationToken', encodePageToken(last.name)) : '',
    ...page.map(entryXml),
  ];
  const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
  return `${xmlDeclaration}<ListBucketResult xmlns="${namespace}">${elements.join('')}</ListBucketResult>`;
}

function entriesOf(listing: Listing, objects: readonly StoredObject[]): Entry[] {
  const { prefix, delimiter } = listing;
  const resume = listing.token === null ? null : decodePageToken(listing.token);
  const after = Buffer.from(resume ?? listing.startAfter);
  const skipGroup = resume !== null && delimiter !== '' && resume.endsWith(delimiter) ? resume : null;
  const entries: Entry[] = [];
  for (const object of objects) {
    if (!object.key.startsWith(prefix) || Buffer.compare(Buffer.from(object.key), after) <= 0) continue;
    if (skipGroup !== null && object.key.startsWith(skipGroup)) continue;
    const end = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
    const group = end < 0 ? null : object.key.slice(0, end + delimiter.length);
    if (group === null) entries.push({ name: object.key, object });
    else if (entries.at(-1)?.name !== group) entries.push({ name: group, object: null });
  }
  return entries;
}

function entryXml({ name, object }: Entry): string {
  if (object === null) return `<CommonPrefixes>${element('Prefix', name)}</CommonPrefixes>`;
  const parts = [
    element('Key', object.key),
    element('LastModified', object.lastModified),
    element('ETag', object.etag),
    element('Size', String(object.size)),
    element('StorageClass', 'STANDARD'),
  ];
  return `<Contents>${parts.join('')}</Contents>`;
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}
