set -e
sof-ctl -Dhw:0 -c name='EQ bytes'
sleep 0.0004
sof-ctl -n 4 \
	-br -t 7 # goes on
sof-ctl -c "EQ bytes"
