import type { Actor } from '../../ground/platform/context.ts';
import { AppError, type FieldError } from '../../ground/platform/errors.ts';
import { refuseFields } from '../../ground/platform/parse-input.ts';
import { mayReadPrivate } from '../../ground/platform/personal.ts';
import type { SegmentField } from '../../ground/segments/segment-field.ts';
import type { SegmentWorld } from './compile.ts';
import { isGroup, rulesOf, type SegmentGroup, type SegmentNode } from './definition.ts';
import { allNamed, namedIn } from './references.ts';

/**
 * Whether somebody may ask by a field: how many fit would tell what is kept from them. Private fields are for whom pages
 * tell such of people; who people are, and what accounts are called, is for keys that may read customers.
 */
function mayAsk(actor: Actor, { kind, isPrivate, isOfPeople }: SegmentField): boolean {
  if (isPrivate === true && !mayReadPrivate(actor)) return false;
  const isNaming = isOfPeople === true || kind === 'text';
  return !isNaming || actor.kind !== 'key' || actor.scopes.includes('customers:read');
}

/** @throws {AppError} `validation_failed` with each rule that asks what the actor may not, by path, by way of others, too */
export function allowRules(
  actor: Actor,
  group: SegmentGroup,
  world: SegmentWorld,
  { path }: { path: string },
): void {
  const errors = rulesOf(group).flatMap(({ rule, path: own }): FieldError[] => {
    const at = (part: string) => [path, own, part].filter((one) => one !== '').join('.');
    const message = `asks what is kept from you: ${rule.field}`;
    if (namedIn(rule).length > 0 && !mayKnow(actor, { combinator: 'and', not: false, rules: [rule] }, world))
      return [{ path: at('value'), code: 'forbidden', message }];
    const field = world.fields.get(rule.field);
    return field === undefined || mayAsk(actor, field)
      ? []
      : [{ path: at('field'), code: 'forbidden', message }];
  });
  refuseFields(errors);
}

/** Who is in a segment tells what it asks. @throws {AppError} `forbidden` where that is kept from the actor */
export function allowMembers(actor: Actor, group: SegmentGroup, world: SegmentWorld): void {
  if (!mayKnow(actor, group, world))
    throw new AppError('forbidden', 'This segment asks what is kept from you.');
}

/** Whether all that a segment asks, by way of others, too, may be asked by somebody. */
export function mayKnow(actor: Actor, group: SegmentGroup, world: SegmentWorld): boolean {
  const named = [...allNamed(group, world.segments)].flatMap((id) => world.segments.get(id) ?? []);
  return [group, ...named].every((one) =>
    rulesOf(one).every(({ rule }) => {
      const field = world.fields.get(rule.field);
      return field === undefined || mayAsk(actor, field);
    }),
  );
}

/** A definition as a key is told it: without the values of what it may not ask, which are addresses and names. */
export function toldTo(actor: Actor, group: SegmentGroup, fields: SegmentWorld['fields']): SegmentGroup {
  if (actor.kind !== 'key') return group;
  const told = (node: SegmentNode): SegmentNode => {
    if (isGroup(node)) return { ...node, rules: node.rules.map(told) };
    const field = fields.get(node.field);
    return field === undefined || mayAsk(actor, field) ? node : { ...node, value: null };
  };
  return { ...group, rules: group.rules.map(told) };
}
