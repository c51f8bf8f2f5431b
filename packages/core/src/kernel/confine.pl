# Runs a program that can open only what it is told, by Linux's Landlock: perl is on every Debian, and Node cannot do it.
# perl confine.pl r:FILE… w:FOLDER… -- PROGRAM ARGUMENT…
# Ends with 125 where this system cannot confine. https://docs.kernel.org/userspace-api/landlock.html
use strict;
use warnings;
use Config;

my ($CREATE, $ADD, $RESTRICT) = (444, 445, 446);
my %PRCTL = (x86_64 => 157, aarch64 => 167);
my ($NO_NEW_PRIVS, $BENEATH, $ASK_VERSION, $O_PATH) = (38, 1, 1, 0x200000);
my ($EXECUTE, $WRITE, $READ, $LIST, $REMOVE, $MAKE, $REFER, $CUT, $IOCTL)
  = map { 1 << $_ } (0, 1, 2, 3, 5, 8, 13, 14, 15);
my $FIRST_RIGHTS = (1 << 13) - 1;
my $TCP = 3;

sub no_use { print STDERR "$_[0]: $!\n"; exit 125 }

my ($arch) = $Config{archname} =~ /^(x86_64|aarch64)-linux/ or no_use('unknown system');
my $version = syscall($CREATE, 0, 0, $ASK_VERSION);
no_use('no Landlock') if $version < 1;
my $rights = $FIRST_RIGHTS
  | ($version >= 2 ? $REFER : 0) | ($version >= 3 ? $CUT : 0) | ($version >= 5 ? $IOCTL : 0);
my $attributes = $version >= 4 ? pack('QQ', $rights, $TCP) : pack('Q', $rights);
my $rules = syscall($CREATE, $attributes, length $attributes, 0);
no_use('no rules') if $rules < 0;

sub allow {
  my ($path, $wanted) = @_;
  sysopen(my $handle, $path, $O_PATH) or return;
  my $granted = $wanted & $rights;
  # A file cannot be granted what only folders have.
  $granted &= $EXECUTE | $WRITE | $READ | $CUT unless -d $path;
  my $rule = pack('Ql', $granted, fileno $handle);
  no_use($path) if syscall($ADD, $rules, $BENEATH, $rule, 0) < 0;
}

# The program, its libraries, and how many processors there are.
allow($_, $EXECUTE | $READ | $LIST) for qw(/usr /bin /lib /lib64 /etc/ld.so.cache);
allow('/sys/devices/system/cpu', $READ | $LIST);
allow('/dev/null', $READ | $WRITE);

while (defined(my $argument = shift)) {
  last if $argument eq '--';
  my ($kind, $path) = split /:/, $argument, 2;
  allow($path, $READ) if $kind eq 'r';
  allow($path, $READ | $WRITE | $CUT | $LIST | $MAKE | $REMOVE) if $kind eq 'w';
  allow($path, $READ | $EXECUTE | $LIST) if $kind eq 'x';
}

no_use('prctl') if syscall($PRCTL{$arch}, $NO_NEW_PRIVS, 1, 0, 0, 0) < 0;
no_use('restrict') if syscall($RESTRICT, $rules, 0) < 0;
exec { $ARGV[0] } @ARGV or do { print STDERR "$ARGV[0]: $!\n"; exit 127 };
