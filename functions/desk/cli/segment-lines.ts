import type { SegmentRule } from '../../insight/segments/definition.ts';
import { isGroupExplained, type NodeExplained } from '../../insight/segments/explain-member.ts';

/** Why somebody is in a segment, a line for each rule, indented by its groups. */
export function explainedLines(node: NodeExplained, indent = '  '): string[] {
  const sign = node.holds ? 'yes' : 'no ';
  if (!isGroupExplained(node)) {
    const known =
      node.values.length === 0 ? '' : `   (${node.values.map((value) => value ?? 'unknown').join(', ')})`;
    return [`${indent}${sign} ${ruleText(node.rule)}${known}`];
  }
  const words = node.combinator === 'and' ? 'all of' : 'any of';
  return [
    `${indent}${sign} ${node.not ? 'not ' : ''}${words}`,
    ...node.rules.flatMap((inner) => explainedLines(inner, `${indent}  `)),
  ];
}

function ruleText({ field, operator, value, within, where }: SegmentRule): string {
  const limits = Object.entries(where).map(([key, names]) => `${key} ${names.join(' or ')}`);
  return [
    ...[field, operator, value === null ? '' : JSON.stringify(value)],
    ...(within === null ? [] : [`within ${within.days} days`]),
    ...(limits.length === 0 ? [] : [`where ${limits.join(', ')}`]),
  ]
    .filter((part) => part !== '')
    .join(' ');
}
