"""What can stop a start, said in one sentence that tells what to do."""


class RunnerError(Exception):
    """A server or process cannot be started; the message is shown to the person at the terminal."""
