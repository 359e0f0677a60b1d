/** The params of a mail whose reader was erased: nobody puts it into words again. */
export const erasedParams = '{"erased":true}';
