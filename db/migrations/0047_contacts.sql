CREATE TABLE `contact_attachments` (
	`id` text PRIMARY KEY NOT NULL,
	`contact_id` text NOT NULL,
	`name` text NOT NULL,
	`media_type` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`stored_as` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `contact_attachments_stored_as_unique` ON `contact_attachments` (`stored_as`);--> statement-breakpoint
CREATE INDEX `contact_attachments_contact` ON `contact_attachments` (`contact_id`,`id`);--> statement-breakpoint
CREATE TABLE `contact_entries` (
	`contact_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`content` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`contact_id`, `seq`),
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `contact_mails` (
	`contact_id` text PRIMARY KEY NOT NULL,
	`subject` text,
	`quoted` text,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `contact_task_acts` (
	`task_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`due_on` text,
	`staff_id` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`task_id`, `seq`),
	FOREIGN KEY (`task_id`) REFERENCES `contact_tasks`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `contact_tasks` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`what` text,
	`contact_id` text,
	`customer_id` text,
	`account_id` text,
	`root_id` text,
	`due_on` text NOT NULL,
	`staff_id` text,
	`outcome` text,
	`ended_at` integer,
	`act_seq` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "contact_tasks_worded" CHECK((kind = 'next_step') = (what IS NOT NULL)),
	CONSTRAINT "contact_tasks_ended" CHECK((ended_at IS NULL) = (outcome IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `contact_tasks_due` ON `contact_tasks` (`due_on`,`id`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX `contact_tasks_staff` ON `contact_tasks` (`staff_id`,`due_on`,`id`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX `contact_tasks_root` ON `contact_tasks` (`root_id`,`due_on`) WHERE root_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `contact_tasks_contact` ON `contact_tasks` (`contact_id`) WHERE contact_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`direction` text NOT NULL,
	`is_missed` integer NOT NULL,
	`at` integer NOT NULL,
	`duration_s` integer,
	`customer_id` text,
	`account_id` text,
	`root_id` text,
	`number` text,
	`address` text,
	`order_source` text,
	`order_number` text,
	`staff_id` text,
	`summary` text,
	`mood` text,
	`satisfaction` integer,
	`wants_answer` integer NOT NULL,
	`answered_at` integer,
	`answered_by` text,
	`source` text NOT NULL,
	`reference` text,
	`entry_seq` integer NOT NULL,
	`withdrawn_at` integer,
	`key` text,
	CONSTRAINT "contacts_account_has_root" CHECK((account_id IS NULL) = (root_id IS NULL)),
	CONSTRAINT "contacts_missed_call" CHECK(is_missed = 0 OR channel = 'phone'),
	CONSTRAINT "contacts_satisfaction" CHECK(satisfaction BETWEEN 1 AND 5),
	CONSTRAINT "contacts_waits_in" CHECK(wants_answer = 0 OR direction = 'in')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `contacts_reference_unique` ON `contacts` (`reference`);--> statement-breakpoint
CREATE UNIQUE INDEX `contacts_key_unique` ON `contacts` (`key`);--> statement-breakpoint
CREATE INDEX `contacts_at` ON `contacts` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `contacts_customer` ON `contacts` (`customer_id`,`at`,`id`) WHERE customer_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `contacts_root` ON `contacts` (`root_id`,`at`,`id`) WHERE root_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `contacts_staff` ON `contacts` (`staff_id`,`at`,`id`) WHERE staff_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `contacts_order` ON `contacts` (`order_source`,`order_number`) WHERE order_number IS NOT NULL;--> statement-breakpoint
CREATE INDEX `contacts_number` ON `contacts` (`number`,`at`) WHERE number IS NOT NULL;--> statement-breakpoint
CREATE INDEX `contacts_address` ON `contacts` (`address`,`at`) WHERE address IS NOT NULL;--> statement-breakpoint
CREATE INDEX `contacts_unknown` ON `contacts` (`at`,`id`) WHERE root_id IS NULL AND withdrawn_at IS NULL;--> statement-breakpoint
CREATE INDEX `contacts_unanswered` ON `contacts` (`at`,`id`) WHERE wants_answer = 1 AND answered_at IS NULL AND withdrawn_at IS NULL;--> statement-breakpoint
CREATE TABLE `task_mail_wishes` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`is_on` integer NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `task_mail_wishes_staff` ON `task_mail_wishes` (`staff_id`,`id`);--> statement-breakpoint
CREATE TABLE `received_mails` (
	`id` text PRIMARY KEY NOT NULL,
	`address` text NOT NULL,
	`subject` text,
	`message_id` text,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`tries` integer NOT NULL,
	`next_try_at` integer NOT NULL,
	`became_kind` text,
	`became_id` text,
	CONSTRAINT "received_mails_became" CHECK((state = 'taken') = (became_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `received_mails_waiting` ON `received_mails` (`next_try_at`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `received_mails_failed` ON `received_mails` (`at`) WHERE state = 'failed';--> statement-breakpoint
CREATE INDEX `received_mails_address` ON `received_mails` (`address`,`at`);--> statement-breakpoint
ALTER TABLE `feedback_messages` ADD `quoted` text;--> statement-breakpoint
ALTER TABLE `mail_events` ADD `message_id` text;--> statement-breakpoint
CREATE INDEX `mail_events_message` ON `mail_events` (`message_id`) WHERE message_id IS NOT NULL;--> statement-breakpoint
CREATE VIRTUAL TABLE `contact_words` USING fts5(text, tokenize='trigram', content='', contentless_delete=1);
