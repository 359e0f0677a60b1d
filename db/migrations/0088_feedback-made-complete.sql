CREATE TABLE `cause_events` (
	`cause_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`cause_id`, `seq`),
	FOREIGN KEY (`cause_id`) REFERENCES `causes`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `cause_steps` (
	`id` text PRIMARY KEY NOT NULL,
	`cause_id` text NOT NULL,
	`what` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`outcome` text,
	`ended_at` integer,
	`ended_by` text,
	FOREIGN KEY (`cause_id`) REFERENCES `causes`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "cause_steps_ended" CHECK((outcome IS NULL) = (ended_at IS NULL) AND (outcome IS NULL) = (ended_by IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `cause_steps_cause` ON `cause_steps` (`cause_id`,`id`);--> statement-breakpoint
CREATE TABLE `feedback_mentions` (
	`feedback_id` text PRIMARY KEY NOT NULL,
	`place` text NOT NULL,
	`url` text,
	`author` text,
	`rating` integer,
	`said_on` text NOT NULL,
	FOREIGN KEY (`feedback_id`) REFERENCES `feedback`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "feedback_mentions_rating" CHECK(rating BETWEEN 1 AND 5)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `feedback_mentions_url_unique` ON `feedback_mentions` (`url`);--> statement-breakpoint
DROP INDEX `cases_cause`;--> statement-breakpoint
CREATE INDEX `cases_cause` ON `cases` (`cause_id`,`state`) WHERE cause_id IS NOT NULL;--> statement-breakpoint
ALTER TABLE `causes` ADD `process` text;--> statement-breakpoint
ALTER TABLE `causes` ADD `convenient_for` text;--> statement-breakpoint
ALTER TABLE `causes` ADD `owner_id` text;--> statement-breakpoint
ALTER TABLE `causes` ADD `due_on` text;--> statement-breakpoint
ALTER TABLE `causes` ADD `closed_before` integer;--> statement-breakpoint
CREATE INDEX `causes_due` ON `causes` (`due_on`) WHERE due_on IS NOT NULL AND closed_at IS NULL;--> statement-breakpoint
ALTER TABLE `feedback` ADD `served_by_id` text;--> statement-breakpoint
ALTER TABLE `feedback` ADD `product` text;--> statement-breakpoint
CREATE INDEX `feedback_served` ON `feedback` (`at`,`id`) WHERE served_by_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `feedback_server` ON `feedback` (`served_by_id`,`at`,`id`) WHERE served_by_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `feedback_served_by` ON `feedback` (`served_by`,`at`) WHERE served_by IS NOT NULL AND served_by_id IS NULL;--> statement-breakpoint
CREATE INDEX `feedback_thing` ON `feedback` (`at`,`id`) WHERE line_id IS NOT NULL OR product IS NOT NULL;--> statement-breakpoint
CREATE INDEX `feedback_elsewhere` ON `feedback` (`at`,`id`) WHERE source = 'mention';--> statement-breakpoint
ALTER TABLE `feedback_messages` ADD `place` text;--> statement-breakpoint
ALTER TABLE `feedback_messages` ADD `url` text;