/** SQL of the runs that somebody works on, or will; as the index `import_runs_to_do` has it. */
export const isToDo = "state IN ('checking', 'waiting', 'running', 'undoing')";
