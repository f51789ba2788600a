"""Runs a command in a terminal of 100 columns, types KEYS once it has shown PROMPT, and ends with its exit code.

Usage: typist.py PROMPT KEYS COMMAND...
"""

import fcntl
import os
import pty
import struct
import sys
import termios

prompt, keys, *command = sys.argv[1:]
pid, screen = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    os.execvp(command[0], command)

shown = b""
typed = False
while True:
    try:
        part = os.read(screen, 65536)
    except OSError:  # Linux says so when the other end is closed.
        break
    if not part:
        break
    shown += part
    if not typed and prompt.encode() in shown:
        typed = True
        os.write(screen, keys.encode())

sys.stdout.buffer.write(shown)
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
