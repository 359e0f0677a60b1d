import { toDefinitionJson } from './definition.ts';
import { isGroupExplained, type NodeExplained } from './explain-member.ts';

/** An explanation as programs are told it: the definition with what holds, and by which values. */
export function toExplainedJson(node: NodeExplained): Record<string, unknown> {
  if (!isGroupExplained(node)) {
    const { rule, holds, values } = node;
    return { ...toDefinitionJson(rule), holds, values };
  }
  const { combinator, not, holds, rules } = node;
  return { combinator, not, holds, rules: rules.map(toExplainedJson) };
}
