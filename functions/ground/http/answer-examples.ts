import { locales } from '../../../languages/built.ts';
import type { Document } from './openapi.ts';

/**
 * Adds an example to every JSON answer of success, built from its schema: it cannot say what the schema does not. A field
 * takes the example it names itself, else one for its name, else one for its type.
 */
export function withExamples(document: Document): Document {
  const schemas = new Map(Object.entries<unknown>(document.components.schemas ?? {}));
  for (const item of Object.values(document.paths)) {
    for (const method of ['get', 'post', 'put', 'patch'] as const) {
      for (const [status, response] of Object.entries(item?.[method]?.responses ?? {})) {
        if (!status.startsWith('2') || '$ref' in response) continue;
        const media = response.content?.['application/json'];
        if (media?.schema !== undefined) media.example = exampleOf(media.schema, { schemas, name: '' });
      }
    }
  }
  return document;
}

interface Place {
  schemas: ReadonlyMap<string, unknown>;
  /** The field that is filled. */
  name: string;
}

/** A value that a JSON Schema allows. */
function exampleOf(schema: unknown, place: Place): unknown {
  if (!isRecord(schema)) return null;
  if (typeof schema.$ref === 'string')
    return exampleOf(place.schemas.get(schema.$ref.replace(/^.*\//, '')), place);
  if (Array.isArray(schema.examples)) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (place.name === 'nextCursor') return null;
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return exampleOf(choices[0], place);
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const [type] = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (type === 'array') return [exampleOf(schema.items, place)];
  if (type === 'object') return exampleObject(schema, place);
  if (schema.format === 'date') return texts[place.name] ?? texts.day;
  return exampleValue(type, place.name);
}

function exampleObject({ properties, additionalProperties }: Record<string, unknown>, place: Place): unknown {
  if (isRecord(properties))
    return Object.fromEntries(
      Object.entries(properties).map(([name, field]) => [name, exampleOf(field, { ...place, name })]),
    );
  return isRecord(additionalProperties) ? { [locales[0]]: exampleOf(additionalProperties, place) } : {};
}

function exampleValue(type: unknown, name: string): unknown {
  if (type === 'boolean') return false;
  if (type === 'null') return null;
  if (type === 'integer' || type === 'number') return 1;
  return texts[name] ?? (/id$/i.test(name) ? texts.id : 'text');
}

/** What texts of the API look like, by their fields' names. */
const texts: Record<string, string | undefined> = {
  id: '0199c1d2e3f47a5b8c6d7e8f90a1b2c3',
  source: 'till',
  number: 'A-17',
  currency: 'EUR',
  email: 'ann@example.com',
  name: 'Ann',
  account: 'ACME',
  department: 'Paris',
  line: '1',
  sku: 'CD-1',
  product: 'CD',
  category: 'Music',
  note: 'Left with a neighbour',
  carrier: 'DHL',
  trackingNumber: '00340434161094042557',
  trackingUrl: 'https://track.example.com/00340434161094042557',
  parcel: '1',
  reason: 'Scratched',
  promisedBy: '2026-03-05',
  memberNumber: 'K7QX-M2PD',
  code: 'K7QX-M2PD-4HTR',
  rule: 'money-back',
  period: '2026-01-01',
  from: '2026-01-01',
  to: '2026-12-31',
  reference: 'receipt 5',
  text: 'The parcel came a day early. Thank you!',
  language: locales[0],
  level: 'gold',
  servedBy: 'Marta',
  page: '/account',
  mediaType: 'image/jpeg',
  month: '2026-03',
  day: '2026-03-05',
  answer: '9',
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
