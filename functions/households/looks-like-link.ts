const linkLike = /:\/\/|www\.|\p{L}\.\p{L}{2,}/iu;
const turning = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/**
 * Whether a name that strangers read in our mail would be made a link by their mail program, or turns the text around it:
 * nobody may put an advertisement into an invitation.
 */
export function looksLikeLink(name: string): boolean {
  return linkLike.test(name) || turning.test(name);
}
