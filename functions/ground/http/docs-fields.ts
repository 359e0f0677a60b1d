/** One line of a schema's table: where, what, and whether it has to be there. */
export interface Field {
  name: string;
  type: string;
  isRequired: boolean;
}

/** The fields of a JSON Schema, nested ones by their path: `lines[].total`. */
export function fieldsOf(schema: unknown, prefix = ''): Field[] {
  if (!isRecord(schema) || !isRecord(schema.properties)) return [];
  const required: unknown[] = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(schema.properties).flatMap(([key, property]) => {
    const name = `${prefix}${key}${isRecord(property) && property.type === 'array' ? '[]' : ''}`;
    const field = { name, type: typeOf(property), isRequired: required.includes(key) };
    return [field, ...fieldsOf(innerOf(property), `${name}.`)];
  });
}

/** `text`, `placed | confirmed`, `Money or null`, with the bounds that hold. */
function typeOf(schema: unknown): string {
  if (!isRecord(schema)) return 'anything';
  if (typeof schema.$ref === 'string') return schema.$ref.replace(/^.*\//, '');
  if (Array.isArray(schema.anyOf)) return schema.anyOf.map(typeOf).join(' or ');
  if (Array.isArray(schema.enum)) return schema.enum.join(' | ');
  if (schema.const !== undefined) return String(schema.const);
  if (schema.type === 'array') return `list of ${typeOf(schema.items)}`;
  if (Array.isArray(schema.type)) return schema.type.map(wordFor).join(' or ');
  return [wordFor(schema.format ?? schema.type), boundsOf(schema)].filter((part) => part !== '').join(', ');
}

const words: Record<string, string> = {
  string: 'text',
  integer: 'whole number',
  'date-time': 'time',
  uri: 'web address',
};
const wordFor = (type: unknown) => words[String(type)] ?? String(type);

function boundsOf({ maxLength, maximum, default: fallback }: Record<string, unknown>): string {
  const isTold = typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER;
  return [
    typeof maxLength === 'number' ? `at most ${maxLength} characters` : '',
    isTold ? `at most ${maximum}` : '',
    fallback === undefined ? '' : `else ${fallback}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function innerOf(schema: unknown): unknown {
  return isRecord(schema) && schema.type === 'array' ? schema.items : schema;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
