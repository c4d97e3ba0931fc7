module "bookings" {
  source = "../../modules/service"

  name          = "kestrel-bookings"
  team          = "bookings"
  instance_type = "m6i.large"
  cpu_target    = 62
  capacity      = { min = 3, max = 12 }
}

module "telemetry_intake" {
  source = "../../modules/service"

  name          = "kestrel-telemetry-intake"
  team          = "platform"
  instance_type = "m6i.large"
  capacity      = { min = 6, max = 10 }
}

/* The session cache keeps its working set in memory.
   Fewer instances would mean cold caches. */
resource "aws_launch_template" "session_cache" {
  name          = "kestrel-session-cache"
  image_id      = "ami-0a91d5c7be2f34860" # arm64
  instance_type = "r6g.large"
}

resource "aws_autoscaling_group" "session_cache" {
  name             = "kestrel-session-cache"
  min_size         = 6
  max_size         = 8
  desired_capacity = 6

  vpc_zone_identifier = ["subnet-0aa1", "subnet-0bb2", "subnet-0cc3"]

  launch_template {
    id      = aws_launch_template.session_cache.id
    version = "$Latest"
  }

  tag {
    key                 = "Environment"
    value               = "production"
    propagate_at_launch = true
  }
}
