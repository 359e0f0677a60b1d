import { refuseFields } from '../../ground/platform/parse-input.ts';
import { checkRules } from './check-rules.ts';
import type { SegmentWorld } from './compile.ts';
import { readDefinition, type SegmentGroup } from './definition.ts';
import { checkReferences } from './references.ts';

/**
 * A definition that went through `JSON.parse`, as it may be asked; `id` is the segment that would say it, null for none yet.
 * `path` is where it stands in the input.
 * @throws {AppError} `validation_failed` with all that is wrong, by path
 */
export function checkDefinition(
  json: unknown,
  world: SegmentWorld,
  { id = null, path = '' }: { id?: string | null; path?: string } = {},
): SegmentGroup {
  const read = readDefinition(json);
  const errors = read.ok
    ? [
        ...checkRules(read.group, world.fields),
        ...checkReferences(read.group, { id, segments: world.segments }),
      ]
    : read.errors;
  const within = (own: string) => [path, own].filter((part) => part !== '').join('.');
  refuseFields(errors.map((error) => ({ ...error, path: within(error.path) })));
  return read.ok ? read.group : { combinator: 'and', not: false, rules: [] };
}
