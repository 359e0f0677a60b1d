CREATE TABLE `case_replies` (
	`feedback_id` text NOT NULL,
	`seq` integer NOT NULL,
	`due_at` integer NOT NULL,
	`at` integer NOT NULL,
	`judged_at` integer NOT NULL,
	`staff_id` text,
	PRIMARY KEY(`feedback_id`, `seq`),
	FOREIGN KEY (`feedback_id`) REFERENCES `cases`(`feedback_id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `case_replies_judged` ON `case_replies` (`judged_at`);--> statement-breakpoint
CREATE TABLE `guide_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`chapter` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `guide_notes_chapter` ON `guide_notes` (`chapter`,`id`);--> statement-breakpoint
CREATE TABLE `guide_reads` (
	`staff_id` text NOT NULL,
	`chapter` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`staff_id`, `chapter`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `staff_idea_acts` (
	`idea_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`words` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`idea_id`, `seq`),
	FOREIGN KEY (`idea_id`) REFERENCES `staff_ideas`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `staff_idea_votes` (
	`idea_id` text NOT NULL,
	`staff_id` text NOT NULL,
	`at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`idea_id`, `staff_id`),
	FOREIGN KEY (`idea_id`) REFERENCES `staff_ideas`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `staff_ideas` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`text` text,
	`staff_id` text NOT NULL,
	`state` text NOT NULL,
	`act_seq` integer NOT NULL,
	`at` integer NOT NULL,
	`key` text NOT NULL,
	CONSTRAINT "staff_ideas_titled" CHECK(length(title) > 0)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_ideas_key_unique` ON `staff_ideas` (`key`);--> statement-breakpoint
CREATE INDEX `staff_ideas_state` ON `staff_ideas` (`state`,`id`);--> statement-breakpoint
CREATE TABLE `procedure_ticks` (
	`id` text PRIMARY KEY NOT NULL,
	`about` text NOT NULL,
	`about_id` text NOT NULL,
	`step_id` text NOT NULL,
	`is_done` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `procedure_ticks_about` ON `procedure_ticks` (`about_id`,`id`);--> statement-breakpoint
CREATE TABLE `procedures` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`channel` text,
	`name` text NOT NULL,
	`steps` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	CONSTRAINT "procedures_ended" CHECK((ended_at IS NULL) = (ended_by IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `procedures_once` ON `procedures` (`kind`,CASE WHEN channel IS NULL THEN '' ELSE channel END) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE TABLE `reply_standards` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`audience` text,
	`level` text,
	`channel` text,
	`hours` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	CONSTRAINT "reply_standards_hours" CHECK(hours BETWEEN 1 AND 720),
	CONSTRAINT "reply_standards_ended" CHECK((ended_at IS NULL) = (ended_by IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `reply_standards_once` ON `reply_standards` (`kind`,CASE WHEN audience IS NULL THEN '' ELSE audience END,CASE WHEN level IS NULL THEN '' ELSE level END,CASE WHEN channel IS NULL THEN '' ELSE channel END) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE TABLE `staff_thanks` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`count` integer,
	`words` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_thanks_once` ON `staff_thanks` (`staff_id`,`kind`,`subject`);--> statement-breakpoint
ALTER TABLE `contacts` ADD `answer_due_at` integer;--> statement-breakpoint
CREATE INDEX `contacts_answer_due` ON `contacts` (`answer_due_at`) WHERE answer_due_at IS NOT NULL;