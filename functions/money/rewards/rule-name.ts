import { textIn } from '../../ground/identity/languages.ts';

/** What a rule is called: by one name everywhere, or by one in each of some languages, such as `en`. */
export type RuleName = string | Readonly<Record<string, string>>;

/** The name in a language, or the first that was given. */
export function ruleNameIn(name: RuleName, language: string): string {
  return textIn(name, language);
}
