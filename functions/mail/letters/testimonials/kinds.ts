export const testimonialMails = {};
