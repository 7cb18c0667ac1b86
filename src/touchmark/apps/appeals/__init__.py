"""Appeals: a seller contests a decision in force; somebody who did not take it decides again."""
