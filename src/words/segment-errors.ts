import type { FieldError } from '../../functions/ground/platform/errors.ts';
import type { SegmentValueKind } from '../../functions/ground/segments/segment-field.ts';
import { DAYS_MAX, DEPTH_MAX, RULES_MAX } from '../../functions/insight/segments/definition.ts';
import type { Messages } from '../locale.ts';

/** What is wrong with a rule or a group of a segment, in the reader's language; `kind` is that of the field it asks. */
export function segmentProblem(
  t: Messages,
  { path, code }: Pick<FieldError, 'path' | 'code'>,
  kind: SegmentValueKind | undefined,
): string {
  switch (code) {
    case 'circular':
      return t.segments_wrong_circular();
    case 'unknown_segment':
      return t.segments_wrong_unknown_segment();
    case 'unknown_field':
      return t.segments_wrong_field();
    case 'unknown_operator':
      return t.segments_wrong_operator();
    case 'too_deep':
      return t.segments_wrong_too_deep({ max: DEPTH_MAX });
    case 'too_many':
      return t.segments_wrong_too_many({ max: RULES_MAX });
  }
  if (/\bwithin\b/.test(path)) return t.form_rule_number({ from: 1, to: DAYS_MAX });
  if (/(?:^|\.)rules$/.test(path)) return t.segments_wrong_no_rules();
  return valueWords(t, kind);
}

function valueWords(t: Messages, kind: SegmentValueKind | undefined): string {
  switch (kind) {
    case 'count':
    case 'days':
      return t.segments_wrong_whole();
    case 'number':
    case 'half_days':
      return t.segments_wrong_number();
    case 'money':
      return t.form_rule_amount();
    case 'day':
      return t.segments_wrong_day();
    default:
      return t.segments_wrong_value();
  }
}
